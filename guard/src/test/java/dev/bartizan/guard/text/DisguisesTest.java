package dev.bartizan.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.training.disguise.Disguises;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What disguises written from specifications, not from the normaliser, leave of a sentence.
final class DisguisesTest {
    private static final String PLAIN =
            "The green plants stand in the garden of the old house. Please water all of the plants in"
                    + " the morning, and tell the owner about it.";
    private final Normaliser normaliser = new Normaliser();

    static Stream<String> names() {
        return Disguises.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void disguisedTextReadsAsPlain(String name) {
        String hidden = Disguises.of(name, PLAIN);
        assertThat(words(normaliser.normalise(hidden).plain().text())).contains(words(PLAIN));
    }

    @ParameterizedTest
    @MethodSource("names")
    void placesLieWithinTheText(String name) {
        String hidden = "Dear Sir, " + Disguises.of(name, PLAIN) + " Regards";
        View view = normaliser.normalise(hidden).plain();
        int points = hidden.codePointCount(0, hidden.length());
        for (int i = 0; i < view.length(); i++) {
            assertThat(view.startOf(i)).isBetween(0, points);
            assertThat(view.endOf(i)).isBetween(view.startOf(i), points);
        }
    }

    private static String words(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", " ").strip();
    }
}
