package dev.bartizan.artifacts.instructions;

/// Runs of signs of base64 (RFC 4648 section 4) in a text. Of a text without any, one sign in so
/// many is looked at as the shortest run has.
final class Base64Runs {
    private final String text;
    private final int least;
    private final int most;
    private int start;
    private int end;

    /// @param least length of a run in signs
    /// @param most length of a run; what is longer is several
    Base64Runs(String text, int least, int most) {
        this.text = text;
        this.least = least;
        this.most = most;
    }

    /// Goes to the next run.
    boolean next() {
        start = end;
        while (start + least <= text.length()) {
            int other = start + least - 1;
            while (other >= start && isSign(text.charAt(other))) {
                other--;
            }
            if (other < start) {
                end = start + least;
                while (end < text.length() && end < start + most && isSign(text.charAt(end))) {
                    end++;
                }
                for (int i = 0; i < 2 && end < text.length() && text.charAt(end) == '='; i++) {
                    end++;
                }
                return true;
            }
            start = other + 1;
        }
        return false;
    }

    /// Where it starts.
    int start() {
        return start;
    }

    /// The run and what pads it.
    String run() {
        return text.substring(start, end);
    }

    private static boolean isSign(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }
}
