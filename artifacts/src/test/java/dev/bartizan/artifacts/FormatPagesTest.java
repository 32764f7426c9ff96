package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The catalogue of formats in `docs/formats` names rules that exist, and every page is listed.
class FormatPagesTest {
    private static final Pattern RULE = Pattern.compile("`([a-z0-9]+(?:-[a-z0-9]+)+)`");

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    @Test
    void rulesInTheTablesExist() throws IOException {
        Path root = Repository.file("");
        String sources =
                String.join(
                        "\n",
                        files(root.resolve("artifacts/src/main/java"), ".java").stream()
                                .map(FormatPagesTest::text)
                                .toList());
        for (Path page : files(root.resolve("docs/formats"), ".md")) {
            for (String line : text(page).lines().filter(l -> l.startsWith("| `")).toList()) {
                Matcher rule = RULE.matcher(line.split("\\|", -1)[1]);
                while (rule.find()) {
                    assertThat(sources)
                            .as(page.getFileName() + " names")
                            .contains("\"" + rule.group(1) + "\"");
                }
            }
        }
    }

    @Test
    void everyPageIsListed() throws IOException {
        Path folder = Repository.file("docs/formats");
        String index = text(folder.resolve("README.md"));
        for (Path page : files(folder, ".md")) {
            if (!page.endsWith("README.md")) {
                assertThat(index).contains("(" + page.getFileName() + ")");
            }
        }
    }
}
