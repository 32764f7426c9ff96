package dev.bartizan.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.formats.FormatException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonReaderTest {
    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final String SAMPLE =
            "{\"a\": [1, -2.5e3, true, null, \"x\\n\\u00e9\"], \"b\": {\"c\": {}, \"d\": []}, \"e\": \"\"}";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void itAcceptsAndRefusesWhatJacksonAcceptsAndRefuses(long seed) {
        Random random = new Random(seed);
        String alphabet = "{}[]\",:\\ \n0123456789eE+-.truefalsn";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder(SAMPLE);
            for (int k = random.nextInt(3); k >= 0; k--) {
                text.setCharAt(
                        random.nextInt(text.length()),
                        alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(accepts(text.toString()))
                    .as(text.toString())
                    .isEqualTo(jacksonAccepts(text.toString()));
        }
    }

    private static boolean accepts(String text) {
        try {
            JsonReader.read(text, JsonLimits.USUAL);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    private static boolean jacksonAccepts(String text) {
        try {
            return !STRICT.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    @Test
    void keysThatStandTwiceAreListedAndTheLastCounts() throws FormatException {
        JsonReader.Document document =
                JsonReader.read("{\"a\": 1, \"a\": \"two\"}", JsonLimits.USUAL);
        assertThat(document.duplicateKeys()).containsExactly("a");
        assertThat(document.value().text("a")).contains("two");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> JsonReader.read(deep, JsonLimits.USUAL))
                .isInstanceOf(FormatException.class);
    }
}
