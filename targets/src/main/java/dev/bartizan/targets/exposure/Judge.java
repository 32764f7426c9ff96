package dev.bartizan.targets.exposure;

import dev.bartizan.core.Claim;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome.Cleared;
import dev.bartizan.core.Outcome.Confirmed;
import dev.bartizan.core.Outcome.CouldNotTell;
import dev.bartizan.core.Severity;
import dev.bartizan.targets.BoundedJson;
import dev.bartizan.targets.Exchange;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Cut;
import dev.bartizan.targets.Exchange.Reason;
import dev.bartizan.targets.Exchange.Unanswered;
import dev.bartizan.targets.Target;
import dev.bartizan.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Says what exchanges mean for each claim. Sends nothing.
final class Judge {
    private static final Set<Integer> REFUSED = Set.of(401, 403, 407);
    private static final Set<Integer> TOO_LARGE = Set.of(400, 413, 414, 422, 431);
    private static final int TOO_MANY = 429;
    private static final List<String> LIMIT_HEADERS =
            List.of(
                    "ratelimit",
                    "ratelimit-policy",
                    "x-ratelimit-limit",
                    "x-rate-limit-limit",
                    "x-ratelimit-limit-requests",
                    "retry-after");

    private final Target target;
    private final Answered ordinary;
    private final Element element;
    private final StackNames stackNames = StackNames.installed();

    /// @param ordinary what an ordinary request with credentials got
    Judge(Target target, Answered ordinary, Element element) {
        this.target = target;
        this.ordinary = ordinary;
        this.element = element;
    }

    Answered ordinary() {
        return ordinary;
    }

    /// Whether the ordinary request was answered.
    boolean isAnswered() {
        return Exposure.isAnswer(target, ordinary);
    }

    Observation credentials(Exchange anonymous, Exchange invalid) {
        boolean isOpen = Exposure.isAnswer(target, anonymous);
        boolean isFooled = Exposure.isAnswer(target, invalid);
        if ((isOpen || isFooled) && target.hasKeyInAddress()) {
            return untold(
                    ExposureClaims.ANSWERS,
                    "The address itself seems to carry a key, so that every request had one");
        }
        if (isOpen || isFooled) {
            String how = isOpen ? "without credentials" : "with a token that belongs to nobody";
            return confirmed(
                    ExposureClaims.ANSWERS,
                    "It answered a question " + how,
                    Severity.HIGH,
                    "Ask for a valid credential on every request.",
                    new Ids("CWE-306", "AML.T0040"));
        }
        if (isRefusal(anonymous) && isRefusal(invalid)) {
            return cleared(
                    ExposureClaims.ANSWERS,
                    "Refused a question without credentials ("
                            + anonymous.words()
                            + ") and one with an invalid token ("
                            + invalid.words()
                            + ")",
                    List.of("other paths of the server", "other ways to sign in"));
        }
        return untold(
                ExposureClaims.ANSWERS,
                "Without credentials: "
                        + anonymous.words()
                        + "; invalid token: "
                        + invalid.words());
    }

    private boolean isRefusal(Exchange exchange) {
        if (!(exchange instanceof Answered answered)) {
            return false;
        }
        int status = answered.status();
        boolean isDifferent = isAnswered() && status >= 400 && status < 500 && status != TOO_MANY;
        return REFUSED.contains(status) || isDifferent;
    }

    Observation scores(Exchange asked) {
        if (!isAnswered()) {
            return notAnswered(ExposureClaims.SCORES);
        }
        for (Exchange exchange : List.of(ordinary, asked)) {
            Optional<String> place =
                    exchange instanceof Answered answered && answered.isWholeSuccess()
                            ? BoundedJson.read(answered.body()).flatMap(ScoreShapes::in)
                            : Optional.empty();
            if (place.isPresent()) {
                return confirmed(
                        ExposureClaims.SCORES,
                        "An answer carries scores at " + place.get(),
                        Severity.MEDIUM,
                        "Return the decision alone, or scores rounded and only to those who need"
                                + " them.",
                        new Ids("CWE-200", "AML.T0024"));
            }
        }
        return cleared(
                ExposureClaims.SCORES,
                "No scores in an ordinary answer; asked for scores: " + asked.words(),
                List.of("scores written out in prose", "other parameters and paths"));
    }

    Observation names(Map<String, Exchange> errors, String odd) {
        List<String> found = new ArrayList<>();
        int seen = 0;
        for (Map.Entry<String, Exchange> entry : errors.entrySet()) {
            if (!(entry.getValue() instanceof Answered answered) || answered.status() < 400) {
                continue;
            }
            seen++;
            List<String> sent = List.of(odd, String.valueOf(target.endpoint().uri().getPath()));
            for (StackNames.Name name : stackNames.in(errorText(answered), sent)) {
                found.add(entry.getKey() + " → " + name.what() + ": \"" + name.quote() + "\"");
            }
        }
        if (!found.isEmpty()) {
            String first = target.redact(found.getFirst());
            String more = found.size() == 1 ? "" : " and " + (found.size() - 1) + " more";
            return confirmed(
                    ExposureClaims.NAMES,
                    "An error tells what runs there: " + first + more,
                    Severity.LOW,
                    "Answer errors with a code and a plain sentence; keep details in the log.",
                    new Ids("CWE-209", "AML.T0014"));
        }
        return seen == 0
                ? untold(ExposureClaims.NAMES, "No broken request was answered with an error")
                : cleared(
                        ExposureClaims.NAMES,
                        "Errors of " + seen + " broken requests name nothing on the list",
                        List.of("names that are not on the list", "errors of other paths"));
    }

    private static String errorText(Answered answered) {
        StringBuilder text = new StringBuilder();
        answered.header("server").ifPresent(value -> text.append("server: ").append(value));
        answered.header("x-powered-by")
                .ifPresent(value -> text.append("\nx-powered-by: ").append(value));
        text.append('\n').append(answered.body());
        BoundedJson.read(answered.body())
                .ifPresent(root ->
                        root.findValuesAsString("message")
                                .forEach(message -> text.append('\n').append(message)));
        return text.toString();
    }

    Observation size(Exchange exchange, int bytes) {
        if (!isAnswered()) {
            return notAnswered(ExposureClaims.SIZE);
        }
        if (Exposure.isAnswer(target, exchange)) {
            return confirmed(
                    ExposureClaims.SIZE,
                    "A request of " + bytes + " bytes was taken and answered",
                    Severity.MEDIUM,
                    "Refuse requests above the size that real use needs, with status 413.",
                    new Ids("CWE-770", "AML.T0029"));
        }
        boolean isRefused =
                exchange instanceof Answered answered && TOO_LARGE.contains(answered.status());
        boolean isClosed =
                exchange instanceof Unanswered unanswered && unanswered.reason() == Reason.CLOSED;
        if (isRefused || isClosed) {
            return cleared(
                    ExposureClaims.SIZE,
                    "One request of " + bytes + " bytes was refused (" + exchange.words() + ")",
                    List.of("sizes below it", "many large requests at once", "long answers"));
        }
        return untold(ExposureClaims.SIZE, "A request of " + bytes + " bytes: " + exchange.words());
    }

    Observation rate(List<Exchange> burst) {
        if (!isAnswered()) {
            return notAnswered(ExposureClaims.RATE);
        }
        long limited = burst.stream().filter(Judge::isLimited).count();
        if (limited > 0) {
            return cleared(
                    ExposureClaims.RATE,
                    limited + " of " + burst.size() + " requests at once were refused with 429",
                    List.of("slow floods", "floods from many addresses or accounts"));
        }
        long answers = burst.stream().filter(one -> Exposure.isAnswer(target, one)).count();
        if (answers < burst.size()) {
            return untold(
                    ExposureClaims.RATE,
                    answers
                            + " of "
                            + burst.size()
                            + " requests at once were answered, none was"
                            + " refused as one too many");
        }
        Optional<String> announced = announcedLimit(burst);
        if (announced.isPresent()) {
            return untold(
                    ExposureClaims.RATE,
                    "A limit above "
                            + burst.size()
                            + " requests is announced ("
                            + announced.get()
                            + ") and was not tried");
        }
        return confirmed(
                ExposureClaims.RATE,
                "All of "
                        + burst.size()
                        + " requests at once were answered, and no limit is"
                        + " announced",
                Severity.LOW,
                "Limit requests per principal and address, and answer 429 above it.",
                new Ids("CWE-770", "AML.T0029"));
    }

    private static boolean isLimited(Exchange exchange) {
        return exchange instanceof Answered answered && answered.status() == TOO_MANY;
    }

    private static Optional<String> announcedLimit(List<Exchange> burst) {
        for (Exchange exchange : burst) {
            if (exchange instanceof Answered answered) {
                for (String name : LIMIT_HEADERS) {
                    if (answered.header(name).isPresent()) {
                        return Optional.of(name);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Observation notAnswered(Claim claim) {
        StringBuilder reason = new StringBuilder("An ordinary request got ");
        reason.append(ordinary.words());
        if (ordinary.cut() == Cut.WHOLE && ordinary.status() >= 300 && ordinary.status() < 400) {
            reason.append(" and was sent elsewhere, where nothing follows it");
        } else if (REFUSED.contains(ordinary.status())) {
            reason.append(credentialAdvice());
        } else {
            reason.append(", which is no answer in the protocol ");
            reason.append(target.endpoint().protocol());
        }
        return untold(claim, reason.toString());
    }

    private String credentialAdvice() {
        if (!target.principals().isEmpty()) {
            return " with the credential of " + target.firstPrincipal();
        }
        Map<String, String> names = Targets.principals(element);
        return names.isEmpty()
                ? "; name a principal and its environment variable under principals"
                : "; set " + String.join(" or ", names.values()) + " in the environment";
    }

    /// Catalogue ids of a finding.
    private record Ids(String cwe, String atlas) {}

    private Observation confirmed(
            Claim claim, String summary, Severity severity, String mend, Ids ids) {
        Finding finding =
                new Finding(
                        claim.name(),
                        severity,
                        summary + ".",
                        target.name(),
                        mend,
                        List.of(ids.cwe()),
                        List.of(ids.atlas()));
        return new Observation(
                claim, Confirmed.deterministic(), summary, List.of(finding), List.of());
    }

    private static Observation cleared(Claim claim, String scope, List<String> notCovered) {
        return Observation.of(claim, new Cleared(scope, notCovered), scope);
    }

    private Observation untold(Claim claim, String reason) {
        String safe = target.redact(reason);
        return Observation.of(claim, new CouldNotTell(safe), safe);
    }
}
