package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ToolNamesTest {
    @Test
    void namesStandInATextAsAWhole() {
        ToolNames names = ToolNames.of(List.of("send_mail", "list-files", "read", "cat", "map me"));

        assertThat(names.in("Before send_mail or list-files, read; not send_mails, relist-files2"))
                .containsExactlyInAnyOrder("send_mail", "list-files", "read");
        assertThat(names.in("Then map me. The cat is too short to tell")).containsExactly("map me");
    }

    @Test
    void manyToolsTakeNoLongerEach() {
        ToolNames names =
                ToolNames.of(IntStream.range(0, 50_000).mapToObj(i -> "tool" + i).toList());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    for (int i = 0; i < 50_000; i++) {
                        assertThat(names.in("Call tool" + i + " first")).hasSize(1);
                    }
                });
    }
}
