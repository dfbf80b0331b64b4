using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>How an annotation joins those that are there.</summary>
    public enum ResourceAnnotationMutationBehavior
    {
        /// <summary>Beside them.</summary>
        Append,

        /// <summary>In place of those of its kind.</summary>
        Replace,
    }

    /// <summary>Says more about a resource.</summary>
    /// <typeparam name="T">The kind of resource.</typeparam>
    public interface IResourceBuilder<out T>
        where T : IResource
    {
        /// <summary>The application's builder.</summary>
        IDistributedApplicationBuilder ApplicationBuilder { get; }

        /// <summary>The resource.</summary>
        T Resource { get; }

        /// <summary>Adds an annotation.</summary>
        /// <typeparam name="TAnnotation">The kind of annotation.</typeparam>
        /// <param name="annotation">The annotation.</param>
        /// <param name="behavior">Whether it replaces those of its kind.</param>
        /// <returns>This builder.</returns>
        IResourceBuilder<T> WithAnnotation<TAnnotation>(
            TAnnotation annotation,
            ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
            where TAnnotation : IResourceAnnotation;
    }
}

namespace Aspire.Hosting
{
    internal sealed class DistributedApplicationResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
        where T : IResource
    {
        public IDistributedApplicationBuilder ApplicationBuilder { get; } = applicationBuilder;

        public T Resource { get; } = resource;

        public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior)
            where TAnnotation : IResourceAnnotation
        {
            if (behavior == ResourceAnnotationMutationBehavior.Replace)
            {
                foreach (var previous in Resource.Annotations.OfType<TAnnotation>().ToArray())
                {
                    Resource.Annotations.Remove(previous);
                }
            }

            Resource.Annotations.Add(annotation);
            return this;
        }
    }
}
