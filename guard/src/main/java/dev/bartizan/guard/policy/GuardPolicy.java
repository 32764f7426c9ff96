package dev.bartizan.guard.policy;

import dev.bartizan.core.Digest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A policy as read from its file.
///
/// @param digest of the file's bytes: the policy's version
/// @param mode whether it acts or only says what it would do
/// @param stages what is looked for beside what the guard ships with
/// @param scopes what holds for whom; the first that fits a request counts
public record GuardPolicy(Digest digest, Mode mode, PolicyStages stages, List<Scope> scopes) {
    /// Copies the list.
    public GuardPolicy {
        scopes = List.copyOf(scopes);
    }

    /// Whether a policy acts.
    public enum Mode {
        /// It acts.
        ENFORCE,
        /// It says what it would do, and everything goes through.
        OBSERVE
    }

    /// What holds for some requests.
    ///
    /// @param who whose requests
    /// @param texts what happens to findings
    /// @param tools what happens to tool calls
    public record Scope(Who who, TextRules texts, ToolRules tools) {}

    /// Whose requests: globs, `*` for any.
    ///
    /// @param route of the request, such as `/v1/*`
    /// @param principal who asks
    public record Who(Glob route, Glob principal) {
        /// Everybody.
        public static final Who ANYBODY = new Who(Glob.ANY, Glob.ANY);

        boolean fits(String askedRoute, String asking) {
            return route.fits(askedRoute) && principal.fits(asking);
        }
    }

    /// What happens to findings.
    ///
    /// @param topics action by topic
    /// @param types action by finding type; stronger than the topic's
    /// @param exempt what is let through although it is found
    public record TextRules(
            Map<Topic, Action> topics, Map<String, Action> types, List<Exemption> exempt) {
        /// Copies the collections.
        public TextRules {
            topics = Map.copyOf(topics);
            types = Map.copyOf(types);
            exempt = List.copyOf(exempt);
        }

        /// The action on a finding.
        ///
        /// @param found the words found
        public Action on(String type, String found, LocalDate today) {
            for (Exemption one : exempt) {
                if (one.holds(type, found, today)) {
                    return Action.ALLOW;
                }
            }
            Topic topic = Topic.of(type);
            return Optional.ofNullable(types.get(type))
                    .orElseGet(() -> topics.getOrDefault(topic, topic.byDefault()));
        }
    }

    /// A finding that somebody answers for, until a day.
    ///
    /// @param text the exact words, or empty for any
    /// @param type the finding type, or empty for any
    /// @param owner who answers for it
    /// @param until the last day it holds
    /// @param reason why
    public record Exemption(
            String text, String type, String owner, LocalDate until, String reason) {
        boolean holds(String foundType, String found, LocalDate today) {
            return !today.isAfter(until)
                    && (type.isEmpty() || type.equals(foundType))
                    && (text.isEmpty() || text.equals(found));
        }
    }

    /// Whether a limit counts over all conversations.
    public boolean countsOverTime() {
        return scopes.stream().anyMatch(scope -> scope.tools().countsOverTime());
    }

    /// The scope of a request; the defaults when none fits.
    public Scope scope(String route, String principal) {
        return scopes.stream()
                .filter(s -> s.who().fits(route, principal))
                .findFirst()
                .orElse(DEFAULTS);
    }

    private static final Scope DEFAULTS =
            new Scope(
                    Who.ANYBODY,
                    new TextRules(Map.of(), Map.of(), List.of()),
                    new ToolRules(ToolRules.Verdict.JUDGE, ToolRules.Verdict.ALLOW, List.of()));
}
