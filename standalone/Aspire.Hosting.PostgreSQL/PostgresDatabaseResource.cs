using System.Data.Common;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database in a Postgres server.</summary>
public class PostgresDatabaseResource : Resource, IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>Describes a database.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The name that the server knows it by.</param>
    /// <param name="postgresParentResource">The server.</param>
    public PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(databaseName);
        ArgumentNullException.ThrowIfNull(postgresParentResource);
        DatabaseName = databaseName;
        Parent = postgresParentResource;
    }

    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; }

    /// <summary>The name that the server knows it by.</summary>
    public string DatabaseName { get; }

    /// <summary>The server's connection string with the database in it.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            // The builder quotes a name that needs it.
            var database = new DbConnectionStringBuilder { ["Database"] = DatabaseName };
            return ReferenceExpression.Create($"{Parent.ConnectionStringExpression};{database.ConnectionString}");
        }
    }

    /// <summary>The connection as <c>postgresql://user:password@host:port/database</c>.</summary>
    public ReferenceExpression UriExpression => Parent.BuildUri(DatabaseName);

    /// <summary>The connection as Java's drivers write it, without user and password.</summary>
    public ReferenceExpression JdbcConnectionString => Parent.BuildJdbc(DatabaseName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.ConnectionProperties(DatabaseName);
}
