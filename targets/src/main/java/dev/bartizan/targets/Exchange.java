package dev.bartizan.targets;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What came of a request.
public sealed interface Exchange {
    /// An answer came.
    ///
    /// @param status HTTP status
    /// @param headers by lower-case name, values joined with commas
    /// @param body text, as far as it was read
    /// @param cut whether all of it was read
    /// @param took from sending to the end of reading
    record Answered(int status, Map<String, String> headers, String body, Cut cut, Duration took)
            implements Exchange {
        public Answered {
            Map<String, String> lower = new TreeMap<>();
            headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
            headers = Map.copyOf(lower);
        }

        /// Whether the status says success and the body is all there.
        public boolean isWholeSuccess() {
            return status >= 200 && status < 300 && cut == Cut.WHOLE;
        }

        /// A header.
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }

        @Override
        public String words() {
            return switch (cut) {
                case WHOLE -> "status " + status;
                case TOO_LONG ->
                        "status " + status + ", cut off after " + body.length() + " characters";
                case TOO_SLOW -> "status " + status + ", still sending at the deadline";
                case BROKEN_OFF -> "status " + status + ", connection lost in the middle";
            };
        }
    }

    /// No answer came.
    ///
    /// @param reason why
    /// @param detail for people, with the bound that was reached
    record Unanswered(Reason reason, String detail) implements Exchange {
        @Override
        public String words() {
            return detail;
        }
    }

    /// What came, in a few words.
    String words();

    /// Whether no answer came, or one that was still dripping at the deadline: whoever asks on
    /// waits as long again.
    default boolean isWithoutAnswer() {
        return switch (this) {
            case Answered answered -> answered.cut() == Cut.TOO_SLOW;
            case Unanswered _ -> true;
        };
    }

    /// How much of a body was read.
    enum Cut {
        WHOLE,
        TOO_LONG,
        TOO_SLOW,
        BROKEN_OFF
    }

    /// Why no answer came.
    enum Reason {
        UNREACHABLE,
        TIMED_OUT,
        CLOSED
    }
}
