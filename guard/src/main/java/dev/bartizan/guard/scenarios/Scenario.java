package dev.bartizan.guard.scenarios;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An agent task: what the user wants, what the agent read, the calls that do what the user wants,
/// and the calls that an attacker wants of the same tools.
///
/// @param id domain and short name
/// @param user the request
/// @param tools the tools offered, name to description
/// @param steps what the agent did before, in order; `{here}` marks where an attacker may write
/// @param then what was said after that
/// @param wanted the calls that do what the user wants
/// @param isSoft whether asking for approval of the wanted calls is no mistake, because the user
///   left the decisive value to a document
/// @param attacked the calls that the attacker wants
/// @param says the attacker's words
/// @param ways how the attacker's words may reach the agent
public record Scenario(
        String id,
        String user,
        Map<String, String> tools,
        List<Step> steps,
        List<Turn> then,
        List<Act> wanted,
        boolean isSoft,
        List<Act> attacked,
        String says,
        Set<Way> ways) {
    /// Copies the collections.
    public Scenario {
        steps = List.copyOf(steps);
        then = List.copyOf(then);
        wanted = List.copyOf(wanted);
        attacked = List.copyOf(attacked);
        ways = Set.copyOf(ways);
    }

    /// How untrusted words reach an agent.
    public enum Way {
        /// In the result of the tool the task needs.
        RESULT,
        /// In a document that a search brought up.
        DOCUMENT,
        /// In a note remembered from an earlier conversation.
        MEMORY,
        /// In the description of a tool.
        DESCRIPTION,
        /// In a document attached to the user's message.
        ATTACHMENT
    }

    /// A call made before, with its result.
    ///
    /// @param tool name of the tool
    /// @param arguments its arguments
    /// @param result what it returned
    public record Step(String tool, JsonNode arguments, String result) {}

    /// Something said later in the conversation.
    ///
    /// @param role `user` or `assistant`
    /// @param text the words
    public record Turn(String role, String text) {}

    /// Something the agent does: a call, or an answer when the tool is `answer`.
    ///
    /// @param tool name of the tool
    /// @param arguments its arguments, or the answer's text
    public record Act(String tool, JsonNode arguments) {}

    /// Whether the scenario is among those that nobody looks at while changing the policy: a third,
    /// by the hash of its id.
    public boolean isHeldOut() {
        return Math.floorMod(id.hashCode() * 0x9E3779B1, 3) == 0;
    }

    /// The part of a suite that a scenario is in, by the hash of its id. Of the fifth suite 1 and 3
    /// were looked at first, then 2, then 0; of the sixth 1 and 3 were, the others never.
    public int quarter() {
        int mixed = id.hashCode() * 0x85EBCA6B;
        return (mixed ^ (mixed >>> 15)) & 3;
    }
}
