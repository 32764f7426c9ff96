package dev.bartizan.artifacts.text;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A long text in parts that follow one another, each starting a little in front of where the one
/// before it ends, so that what is short lies in one of them as a whole.
final class Stretches {
    private Stretches() {}

    /// @param longest how long a part may be
    /// @param overlap how much of it stands in the next one too
    static Stream<String> of(String text, int longest, int overlap) {
        if (text.length() <= longest) {
            return Stream.of(text);
        }
        int step = longest - overlap;
        return IntStream.iterate(
                        0, from -> from == 0 || from + overlap < text.length(), from -> from + step)
                .mapToObj(from -> text.substring(from, Math.min(text.length(), from + longest)));
    }
}
