package dev.bartizan.guard.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.UserError;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeptJsonTest {
    private static final KeptJson FILE = new KeptJson("list of marks", "marks", 200, "Make one.");

    private static double read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return FILE.read(
                bytes,
                "m.json",
                root ->
                        KeptJson.number(root, "sum")
                                + KeptJson.list(root, "of", 2).size()
                                + KeptJson.digest(root.path("call")).hex().length());
    }

    private static String text(String start) {
        return start + ",\"sum\":1.5,\"of\":[1,2],\"call\":\"sha256:" + "a".repeat(64) + "\"}";
    }

    @Test
    void readsWhatItWrote() {
        assertThat(read(text("{\"marks\":1"))).isEqualTo(67.5);
        byte[] written = KeptJson.bytes(FILE.start().put("a", 2));
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("{\"marks\":1,\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"marks\":1 | not JSON",
                "[] | no \"marks\": 1",
                "{\"marks\":2} | no \"marks\": 1",
                "{\"marks\":1} | \"sum\" is no number",
                "{\"marks\":1,\"sum\":1,\"of\":[1,2,3]} | no list of at most 2",
                "{\"marks\":1,\"sum\":1,\"of\":[]} | cannot be used",
                "{\"marks\":1,\"sum\":[[[[[[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]]]]]]} | not JSON"
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        UserError.class,
                        e -> {
                            assertThat(e.what()).startsWith("The list of marks").contains(reason);
                            assertThat(e.where()).isEqualTo("m.json");
                        });
    }

    @Test
    void largeFilesAreRefused() {
        assertThatThrownBy(() -> read(text("{\"marks\":1,\"x\":\"" + "x".repeat(99) + "\"")))
                .hasMessageContaining("larger than 200 bytes");
    }
}
