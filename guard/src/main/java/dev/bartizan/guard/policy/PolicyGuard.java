package dev.bartizan.guard.policy;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.Judgement;
import dev.bartizan.guard.Part;
import dev.bartizan.guard.Verdict;
import dev.bartizan.guard.policy.GuardPolicy.Mode;
import dev.bartizan.guard.policy.GuardPolicy.Scope;
import dev.bartizan.guard.tools.CallVerdict;
import dev.bartizan.guard.tools.Conversation;
import dev.bartizan.guard.tools.ToolPolicy;
import dev.bartizan.guard.vault.Vault;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// A guard under a policy: what its findings lead to. Holds the vault of one session.
public final class PolicyGuard {
    private final Guard guard;
    private final GuardPolicy policy;
    private final InstantSource clock;
    private final ToolPolicy tools = new ToolPolicy();
    private final CallState state;
    private final Vault vault = new Vault();

    /// Who asks and by which way; both may be empty.
    ///
    /// @param route of the request
    /// @param principal who asks
    public record Request(String route, String principal) {}

    /// What happens to a text.
    ///
    /// @param judgement what the guard saw
    /// @param verdict about injection, under the policy
    /// @param action the heaviest action on any finding; `allow` when the policy only observes
    /// @param wouldBe the heaviest action the policy names
    /// @param text the text that goes on, changed where the policy says so
    public record Outcome(
            Judgement judgement, Verdict verdict, Action action, Action wouldBe, String text) {}

    /// A guard under a policy.
    ///
    /// @param clock tells whether exemptions still hold
    public PolicyGuard(Guard guard, GuardPolicy policy, InstantSource clock) {
        this(guard, policy, clock, CallState.inMemory(clock));
    }

    /// A guard under a policy.
    ///
    /// @param clock tells whether exemptions still hold
    /// @param state what outlives a conversation
    public PolicyGuard(Guard guard, GuardPolicy policy, InstantSource clock, CallState state) {
        this.state = state;
        this.guard = guard;
        this.policy = policy;
        this.clock = clock;
    }

    Guard guard() {
        return guard;
    }

    /// The policy.
    public GuardPolicy policy() {
        return policy;
    }

    /// The vault of this session, to restore answers.
    public Vault vault() {
        return vault;
    }

    /// Judges a text.
    public Outcome judge(Part part, Request request) {
        return judge(part, request, guard.judge(part));
    }

    /// What the policy makes of a judgement.
    public Outcome judge(Part part, Request request, Judgement judgement) {
        Scope scope = policy.scope(request.route(), request.principal());
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String text = part.text();
        Action heaviest = Action.ALLOW;
        List<Detection> redacted = new ArrayList<>();
        List<Detection> tokenised = new ArrayList<>();
        Action onInjection = Action.ALLOW;
        int at = 0;
        int points = 0;
        for (Detection one : judgement.findings()) {
            at = text.offsetByCodePoints(at, one.start() - points);
            points = one.start();
            int end = text.offsetByCodePoints(at, one.end() - points);
            Action action = scope.texts().on(one.type(), text.substring(at, end), today);
            boolean isInjection = Topic.of(one.type()) == Topic.INJECTION;
            if (isInjection && judgement.verdict() == Verdict.ALLOW) {
                continue; // seen, but not enough to act on
            }
            onInjection = isInjection ? onInjection.or(action) : onInjection;
            heaviest = heaviest.or(action);
            if (action == Action.REDACT) {
                redacted.add(one);
            } else if (action == Action.TOKENISE) {
                tokenised.add(one);
            }
        }
        boolean acts = policy.mode() == Mode.ENFORCE;
        return new Outcome(
                judgement,
                verdict(judgement.verdict(), onInjection),
                acts ? heaviest : Action.ALLOW,
                heaviest,
                acts ? changed(text, redacted, tokenised) : text);
    }

    private static Verdict verdict(Verdict judged, Action action) {
        return switch (action) {
            case ALLOW -> Verdict.ALLOW;
            case BLOCK -> Verdict.BLOCK;
            case WARN, REDACT, TOKENISE, ASK -> judged;
        };
    }

    /// Where a span to redact touches one to tokenise, both are redacted, and what touches those.
    private String changed(String text, List<Detection> redacted, List<Detection> tokenised) {
        if (redacted.isEmpty()) {
            return vault.anonymise(text, Vault.merged(tokenised));
        }
        List<Detection> hidden = Vault.merged(redacted);
        List<Detection> kept = Vault.merged(tokenised);
        while (true) {
            List<Detection> apart = new ArrayList<>();
            List<Detection> more = new ArrayList<>(hidden);
            for (Detection one : kept) {
                (touches(hidden, one) ? more : apart).add(one);
            }
            if (apart.size() == kept.size()) {
                return both(text, hidden, kept);
            }
            hidden = Vault.merged(more);
            kept = apart;
        }
    }

    /// Whether one of the spans, in order and apart from one another, overlaps the one.
    private static boolean touches(List<Detection> spans, Detection one) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).end() > one.start()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < spans.size() && spans.get(low).start() < one.end();
    }

    private String both(String text, List<Detection> hidden, List<Detection> tokens) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Detection one : hidden) {
            out.append(piece(text, at, one.start(), tokens))
                    .append('[')
                    .append(one.type())
                    .append(']');
            at = one.end();
        }
        return out.append(piece(text, at, text.codePointCount(0, text.length()), tokens))
                .toString();
    }

    private String piece(String text, int from, int to, List<Detection> tokens) {
        int start = text.offsetByCodePoints(0, from);
        String piece = text.substring(start, text.offsetByCodePoints(start, to - from));
        List<Detection> inside =
                tokens.stream()
                        .filter(t -> t.start() >= from && t.end() <= to)
                        .map(t ->
                                new Detection(
                                        t.type(),
                                        t.start() - from,
                                        t.end() - from,
                                        t.score(),
                                        t.reason()))
                        .toList();
        return vault.anonymise(piece, inside);
    }

    /// Judges the calls of a conversation.
    public List<CallVerdict> judge(Conversation conversation, Request request) {
        Scope scope = policy.scope(request.route(), request.principal());
        return tools.judge(
                conversation,
                new PolicedCalls(policy, scope.tools(), conversation, request, state));
    }
}
