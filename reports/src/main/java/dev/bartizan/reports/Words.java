package dev.bartizan.reports;

import dev.bartizan.core.Evidence;
import dev.bartizan.core.Interval;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words in which every rendering speaks of outcomes, standings, shares and times.
public final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /// `1 threat`, `2 threats`.
    public static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /// A share in whole per cent, rounded down so that only all of it reads 100 %.
    public static String percent(double share) {
        return scaled(share, 0, RoundingMode.FLOOR);
    }

    /// An upper bound, rounded up to a tenth of a per cent.
    public static String upper(double rate) {
        return scaled(rate, 1, RoundingMode.CEILING);
    }

    /// A lower bound, rounded down to a tenth of a per cent.
    public static String lower(double rate) {
        return scaled(rate, 1, RoundingMode.FLOOR);
    }

    private static String scaled(double share, int digits, RoundingMode rounding) {
        return BigDecimal.valueOf(share)
                        .setScale(10, RoundingMode.HALF_EVEN)
                        .movePointRight(2)
                        .setScale(digits, rounding)
                        .toPlainString()
                + "\u00a0%";
    }

    /// What was seen, in one sentence without a full stop.
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Confirmed(int trials, int successes, Interval interval) ->
                    isCertain(interval)
                            ? "seen by a deterministic check"
                            : counts(trials, successes) + ", " + interval(interval);
            case Outcome.Withstood(int trials, int successes, Interval interval) ->
                    counts(trials, successes) + ", " + bound(interval);
            case Outcome.Cleared cleared ->
                    "all of "
                            + cleared.scope()
                            + " was looked at and nothing was found"
                            + (cleared.notCovered().isEmpty()
                                    ? ""
                                    : "; not covered: " + String.join(", ", cleared.notCovered()));
            case Outcome.Proved proved -> "proved, certificate " + proved.certificate();
            case Outcome.NotApplicable none -> "does not apply here: " + none.reason();
            case Outcome.CouldNotTell unsure -> "could not tell: " + unsure.reason();
            case Outcome.Failed failed -> "the check broke: " + failed.error();
        };
    }

    /// What was seen in as few words as a line of a list has room for; empty when no trial was
    /// made.
    public static String brief(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Confirmed(int trials, int successes, Interval interval) ->
                    isCertain(interval)
                            ? ""
                            : successes + " of " + trials + ", ≥ " + lower(interval.low());
            case Outcome.Withstood(int trials, int successes, Interval interval) ->
                    successes + " of " + trials + ", ≤ " + upper(interval.high());
            case Outcome.Cleared _,
                    Outcome.Proved _,
                    Outcome.NotApplicable _,
                    Outcome.CouldNotTell _,
                    Outcome.Failed _ ->
                    "";
        };
    }

    /// The name of an outcome.
    public static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Confirmed _ -> "confirmed";
            case Outcome.Withstood _ -> "withstood";
            case Outcome.Cleared _ -> "cleared";
            case Outcome.Proved _ -> "proved";
            case Outcome.NotApplicable _ -> "not applicable";
            case Outcome.CouldNotTell _ -> "could not tell";
            case Outcome.Failed _ -> "failed";
        };
    }

    private static boolean isCertain(Interval interval) {
        return interval.low() == 1 && interval.high() == 1;
    }

    private static String counts(int trials, int successes) {
        return successes + " of " + count(trials, "trial", "trials") + " succeeded";
    }

    private static String interval(Interval interval) {
        return "a rate of "
                + lower(interval.low())
                + " to "
                + upper(interval.high())
                + confidence(interval);
    }

    private static String bound(Interval interval) {
        return "a rate of at most " + upper(interval.high()) + confidence(interval);
    }

    private static String confidence(Interval interval) {
        return " (" + percent(interval.confidence()) + " confidence)";
    }

    /// Who says so.
    public static String source(Evidence.Source source) {
        return switch (source) {
            case Evidence.Source.OfCheck(String check, String version, String tool) ->
                    "check " + check + " " + version + " of Bartizan " + tool;
            case Evidence.Source.Manual(String owner) -> "manual test by " + owner;
            case Evidence.Source.Document(String owner) -> "document of " + owner;
            case Evidence.Source.Imported(String tool) -> "result of " + tool;
        };
    }

    /// What a standing means, one sentence.
    public static String meaning(Standing standing) {
        return switch (standing) {
            case ACCEPTED -> "Somebody decided to live with it until a date.";
            case CONFIRMED -> "A check saw the weakness.";
            case STALE -> "The evidence is for other bytes, or too old.";
            case UNDETERMINED -> "A check looked and could not tell.";
            case WITHSTOOD -> "It was attacked and held, within the bound that is given.";
            case CLEARED -> "A deterministic check looked at all of it and found nothing.";
            case PROVED -> "A proof shows that the weakness cannot be there.";
            case DECLARED -> "A control or a document says it is handled; nobody measured it.";
            case UNTESTED -> "Nobody looked. It may be there.";
        };
    }

    /// What changed since an earlier assessment, in numbers.
    public static String changes(Comparison comparison) {
        return "Since "
                + minute(comparison.before().at())
                + ": "
                + comparison.appeared().size()
                + " new, "
                + comparison.changed().size()
                + " changed, "
                + comparison.gone().size()
                + " gone, "
                + comparison.unchanged().size()
                + " unchanged";
    }

    /// Whether the gate passed, and what it was set to; empty when there is none.
    public static String gate(Gate gate) {
        if (!gate.isSet()) {
            return "";
        }
        List<String> levels = new ArrayList<>();
        gate.level().ifPresent(level -> levels.add("confirmed at " + level.word()));
        gate.untestedLevel().ifPresent(level -> levels.add("untested at " + level.word()));
        String said = " (" + String.join(", ", levels) + ")";
        return gate.hasPassed()
                ? "Gate passed" + said
                : "Gate failed" + said + ": " + count(gate.failing().size(), "threat", "threats");
    }

    /// The name of a catalogue that threats are mapped to.
    public static String catalogue(String id) {
        return switch (id) {
            case "atlas" -> "MITRE ATLAS";
            case "cwe" -> "CWE";
            case "nist" -> "NIST AI 100-2";
            case "owasp-agentic" -> "OWASP Agentic";
            case "owasp-llm" -> "OWASP LLM";
            case "owasp-ml" -> "OWASP ML";
            case "stride" -> "STRIDE";
            default -> id;
        };
    }

    /// How a threat compares with an earlier assessment.
    public static String state(Comparison.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /// A moment to the minute, in UTC.
    public static String minute(Instant instant) {
        return isYear(instant) ? MINUTE.format(instant) : instant.toString();
    }

    /// A day, in UTC.
    public static String day(Instant instant) {
        return isYear(instant) ? DAY.format(instant) : instant.toString();
    }

    private static boolean isYear(Instant instant) {
        return instant.isAfter(Instant.EPOCH.minus(Duration.ofDays(700_000)))
                && instant.isBefore(Instant.EPOCH.plus(Duration.ofDays(2_900_000)));
    }

    /// A length of time in its largest sensible unit.
    public static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() + " h";
    }

    /// The first letter in upper case.
    public static String capital(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return new StringBuilder()
                .appendCodePoint(Character.toUpperCase(first))
                .append(text, Character.charCount(first), text.length())
                .toString();
    }
}
