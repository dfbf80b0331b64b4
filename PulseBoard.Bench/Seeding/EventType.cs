using PulseBoard.Contracts;

namespace PulseBoard.Bench.Seeding;

/// <summary>What people do in the history.</summary>
internal enum EventType
{
    TaskCreated,
    TaskCompleted,
    IncidentOpened,
    IncidentResolved,
    Login,
    CommitPushed,
    ReviewSubmitted,
    CommentAdded,
    MessageSent,
    MeetingAttended,
    DocumentEdited,
    DeploymentFinished,
    BuildFinished,
}

/// <summary>How they stand on the wire.</summary>
internal static class EventTypes
{
    private static readonly string[] Names =
    [
        ActivityTypes.TaskCreated,
        ActivityTypes.TaskCompleted,
        "incident_opened",
        "incident_resolved",
        "login",
        "commit_pushed",
        "review_submitted",
        "comment_added",
        "message_sent",
        "meeting_attended",
        "document_edited",
        "deployment_finished",
        "build_finished",
    ];

    /// <summary>The event type as clients send it.</summary>
    public static string Name(this EventType type) => Names[(int)type];
}
