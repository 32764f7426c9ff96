package dev.bartizan.artifacts.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
    @Test
    void whatIsNotSeenOrTurnsATerminalIsReplaced() {
        assertThat(Shown.text("a\u001b[31mb\u009b2Jc")).isEqualTo("a?[31mb?2Jc");
        assertThat(Shown.text("a\u202eb\u2066c\u200bd")).isEqualTo("a?b?c?d");
        assertThat(Shown.text("a\r\nb\tc\u2028d")).isEqualTo("a  b c d");
        assertThat(Shown.text("größer 模型 \ud83d\ude00")).isEqualTo("größer 模型 \ud83d\ude00");
        assertThat(Shown.text("a\ud83d")).isEqualTo("a?");
    }

    @Test
    void longOnesAreCutBetweenCharacters() {
        assertThat(Shown.text("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Shown.text("abcdef", 5)).isEqualTo("abcde…");
        assertThat(Shown.text("abcd\ud83d\ude00", 5)).isEqualTo("abcd…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a", "\\a", "C:a", "c:\\a", "~/a", "~root", "s3://b/c", "a/../b", ".."})
    void pathsThatMayLeadOut(String path) {
        assertThat(NamedPaths.isOutside(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "./a", "a..b/c", "...", "1:2", "ab:c", ":"})
    void pathsThatStayInside(String path) {
        assertThat(NamedPaths.isOutside(path)).isFalse();
    }
}
