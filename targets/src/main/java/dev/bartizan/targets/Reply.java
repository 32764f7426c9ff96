package dev.bartizan.targets;

import java.util.List;
import java.util.Set;

/// What an endpoint answered to a question.
///
/// @param text what it says
/// @param calls tools it wants to call or has called
public record Reply(String text, List<ToolCall> calls) {
    public Reply {
        calls = List.copyOf(calls);
    }

    /// A call of a tool. Nothing here ever performs one.
    ///
    /// @param tool name of the tool
    /// @param arguments as text
    /// @param conditions members of the call that are true, outside of the arguments, which a model
    ///   writes: what the endpoint itself vouches for, such as `approved`
    public record ToolCall(String tool, String arguments, Set<String> conditions) {
        public ToolCall {
            conditions = Set.copyOf(conditions);
        }
    }
}
