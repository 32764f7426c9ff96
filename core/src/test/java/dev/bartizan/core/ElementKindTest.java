package dev.bartizan.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.Corpora;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ElementKindTest {
    private static final int KINDS = 46;

    @Test
    void kindsAreTheComponentTypesOfTheCatalogue() throws IOException {
        Set<String> types =
                Files.readAllLines(Corpora.path("../catalog/component-threats.csv")).stream()
                        .skip(1)
                        .map(line -> line.split(",", 3)[1])
                        .collect(Collectors.toSet());
        assertThat(Arrays.stream(ElementKind.values()).map(ElementKind::word))
                .containsExactlyInAnyOrderElementsOf(types)
                .hasSize(KINDS);
    }

    @Test
    void eachNameAndAliasNamesOneKind() {
        List<String> words = new ArrayList<>();
        for (ElementKind kind : ElementKind.values()) {
            assertThat(ElementKind.named(kind.word())).contains(kind);
            words.add(kind.word());
            for (String alias : kind.aliases()) {
                assertThat(ElementKind.named(alias)).contains(kind);
                words.add(alias);
            }
        }
        assertThat(words).doesNotHaveDuplicates().allMatch(word -> word.matches("[a-z-]+"));
    }

    @Test
    void otherWordsNameNoKind() {
        assertThat(List.of("", "Model", "model_artifact", "MODEL_ARTIFACT", "robot"))
                .allSatisfy(word -> assertThat(ElementKind.named(word)).isEmpty());
    }
}
