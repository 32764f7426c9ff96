package dev.bartizan.range;

import java.util.List;

/// What a simulated assistant answers.
///
/// @param text what it says
/// @param calls tools it calls; they are stubs, so nothing happens
record Reply(String text, List<ToolCall> calls) {
    Reply {
        calls = List.copyOf(calls);
    }

    static Reply says(String text) {
        return new Reply(text, List.of());
    }

    /// A call of a tool.
    ///
    /// @param tool name of the tool
    /// @param arguments JSON text
    /// @param isApproved whether the desk itself, not the assistant, vouches for an approval
    record ToolCall(String tool, String arguments, boolean isApproved) {}
}
