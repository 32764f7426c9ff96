package dev.bartizan.targets.protocol;

import dev.bartizan.core.Context;
import dev.bartizan.targets.Exchange;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Question;
import dev.bartizan.targets.Reply;
import dev.bartizan.targets.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Asks prompts one after another, each in a fresh conversation, and counts violations.
final class Trials {
    private static final Set<Integer> NOT_TRIED = Set.of(401, 404, 407, 408, 429);
    private static final int MAX_FAILURES_IN_ROW = 5;

    private final Target target;
    private final String principal;
    private final List<String> tools;
    private final Context context;
    private final Duration longest;

    /// @param principal who asks; empty for nobody
    /// @param tools that are offered with each question
    /// @param longest no trial begins after so long
    Trials(Target target, String principal, List<String> tools, Context context, Duration longest) {
        this.target = target;
        this.principal = principal;
        this.tools = List.copyOf(tools);
        this.context = context;
        this.longest = longest;
    }

    /// What came of them.
    ///
    /// @param trials prompts that were answered or refused
    /// @param violations prompts that broke the protocol, with what was seen
    /// @param unanswered prompts that got no usable answer; they are no trials
    /// @param lastFailure how the last of those failed
    record Tally(int trials, List<Violation> violations, int unanswered, String lastFailure) {
        Tally {
            violations = List.copyOf(violations);
        }

        /// The shortest prompt that broke it.
        Optional<Violation> shortest() {
            return violations.stream().min(Comparator.comparingInt(v -> v.prompt().length()));
        }
    }

    /// One violation.
    ///
    /// @param prompt what was asked
    /// @param seen what was wrong with the answer
    record Violation(String prompt, String seen) {}

    /// Asks the prompts.
    ///
    /// @param oracle says what is wrong with a reply; empty when nothing is
    Tally of(List<String> prompts, Function<Reply, Optional<String>> oracle)
            throws InterruptedException {
        Instant end = context.clock().instant().plus(longest);
        List<Violation> violations = new ArrayList<>();
        int trials = 0;
        int unanswered = 0;
        int inRow = 0;
        String lastFailure = "";
        for (String prompt : prompts) {
            if (inRow == MAX_FAILURES_IN_ROW || context.clock().instant().isAfter(end)) {
                break;
            }
            context.progress().at(trials + unanswered, prompts.size(), "asking as " + principal);
            Exchange exchange = ask(prompt);
            if (!isTried(exchange)) {
                unanswered++;
                inRow++;
                lastFailure = exchange.words();
                continue;
            }
            inRow = 0;
            trials++;
            reply(exchange)
                    .flatMap(oracle)
                    .ifPresent(seen -> violations.add(new Violation(prompt, seen)));
        }
        return new Tally(trials, violations, unanswered, lastFailure);
    }

    /// Asks one prompt.
    Exchange ask(String prompt) throws InterruptedException {
        Question question = new Question(prompt, tools, Question.Manner.PLAIN);
        return target.sendPatiently(target.endpoint().ask(question), principal);
    }

    /// What a prompt was answered; empty when it got no answer in the endpoint's protocol.
    Optional<Reply> reply(Exchange exchange) {
        return exchange instanceof Answered answered
                ? target.endpoint().reply(answered)
                : Optional.empty();
    }

    /// Whether the endpoint dealt with the prompt: it answered, or refused it as a filter does.
    private boolean isTried(Exchange exchange) {
        if (reply(exchange).isPresent()) {
            return true;
        }
        return exchange instanceof Answered answered
                && answered.status() >= 400
                && answered.status() < 500
                && !NOT_TRIED.contains(answered.status());
    }
}
