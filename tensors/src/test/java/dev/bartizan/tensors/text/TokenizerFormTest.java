package dev.bartizan.tensors.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFormTest {
    private static final String UNIGRAM =
            "{\"added_tokens\":[],\"normalizer\":%s,\"model\":{\"type\":\"Unigram\",\"unk_id\":0,"
                    + "\"vocab\":[[\"<unk>\",0.0],[\"a\",-1.0]]},\"decoder\":{\"type\":\"Odd\"}}";

    private static String checked(String json) {
        return TokenizerForm.checked(json.getBytes(StandardCharsets.UTF_8), "tokenizer.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // GPT-2, GPT-4, Qwen 2, a SentencePiece normaliser
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
                        + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                " {2,}",
                "\\."
            })
    void patternsOfPublishedTokenizersPass(String pattern) {
        assertThat(LinearPattern.problem(pattern)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)*b",
                "(a){2,}b",
                "a*a*a*b",
                "a{1,}a*a+b",
                "(a)\\1",
                "a{2,0}",
                "a{,2}",
                "(?<n>a)\\k<n>",
                ""
            })
    void patternsThatCanRunAwayAreRefused(String pattern) {
        assertThat(LinearPattern.problem(pattern)).isPresent();
    }

    @Test
    void mergesMayNotBeDroppedAtRandom() {
        String none = UNIGRAM.formatted("null").replace("\"unk_id\"", "\"dropout\":0.0,\"unk_id\"");
        assertThat(checked(none)).contains("dropout");
        assertThatThrownBy(() -> checked(none.replace("0.0,\"unk_id\"", "0.1,\"unk_id\"")))
                .hasMessageContaining("at random");
    }

    @Test
    void onlyWhatWasLookedAtGoesOn() {
        String json = checked(UNIGRAM.formatted("{\"type\":\"Prepend\",\"prepend\":\"\\u2581\"}"));
        assertThat(json).doesNotContain("decoder").contains("Prepend", "▁", "[\"a\",-1.0]");
    }

    @Test
    void theTokenizerReadsWhatWasWrittenAnew() {
        String json = checked(UNIGRAM.formatted("{\"type\":\"Lowercase\"}"));
        try (TextTokenizer tokenizer = new TextTokenizer(json, "tokenizer.json")) {
            assertThat(tokenizer.tokens("A😀a"))
                    .containsExactly(
                            new TextTokenizer.Token(1, 0, 1),
                            new TextTokenizer.Token(0, 1, 2),
                            new TextTokenizer.Token(1, 2, 3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"content\":\"\"}",
                "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" *\"},\"content\":\"\"}",
                "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"(?=a)\"},\"content\":\"\"}",
                "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"a\"}",
                "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Unheard\"}]}",
                "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAAAAAAA\"}",
                "{\"type\":\"Precompiled\"}"
            })
    void partsThatWouldEndTheProcessAreRefused(String part) {
        assertThatThrownBy(() -> checked(UNIGRAM.formatted(part)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("The tokenizer has a");
    }

    @Test
    void aCharacterMapMayPointOnlyInsideItself() {
        assertThat(CharacterMap.problem(map(512, 256, 1, 0, "a\0"))).isEmpty();
        assertThat(CharacterMap.problem(map(512, 256, 1, 9, "a\0")))
                .contains("points outside its texts");
        assertThat(CharacterMap.problem(map(512, 512, 1, 0, "a\0")))
                .contains("points outside its table");
        assertThat(CharacterMap.problem(map(300, 256, 1, 0, "a\0")))
                .contains("points outside its table");
        assertThat(CharacterMap.problem("!")).contains("is not base 64");
    }

    /// A map from `A` to a text.
    private static String map(int units, int root, int leafAt, int value, String texts) {
        byte[] words = texts.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(4 + units * 4 + words.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(units * 4);
        int[] table = new int[units];
        table[0] = root << 10;
        int child = root ^ 'A';
        if (child < units) {
            table[child] = 'A' | 1 << 8 | (child ^ leafAt) << 10;
        }
        table[leafAt] = 1 << 31 | value;
        out.asIntBuffer().put(table);
        out.position(4 + units * 4);
        out.put(words);
        return Base64.getEncoder().encodeToString(out.array());
    }
}
