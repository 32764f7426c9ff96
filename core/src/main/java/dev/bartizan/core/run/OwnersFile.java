package dev.bartizan.core.run;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Element;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who may decide about what, one pattern a line with its owners behind it, in the manner of
/// CODEOWNERS: `#` starts a comment and the last line that matches wins. A pattern is the id of an
/// element or the path of its file, with `*` and `?` within a name and `**` across folders.
///
/// ```
/// *               @security-team
/// payout*         @head-of-claims @risk-officer
/// models/**       @ml-lead
/// ```
final class OwnersFile {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_LINES = 10_000;

    private final String name;
    private final List<Line> lines;

    private OwnersFile(String name, List<Line> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    /// One line.
    ///
    /// @param number from 1
    /// @param pattern of ids and paths
    /// @param owners who may decide; none when the line takes them away
    record Line(int number, Pattern pattern, List<String> owners) {}

    /// @throws IOException when it cannot be read or leads out of the system file's folder
    static OwnersFile read(AiSystem system, String name) throws IOException {
        Path file = system.resolve(name);
        Path folder = system.resolve(".").normalize();
        if (!file.normalize().startsWith(folder)) {
            throw new IOException("it lies outside the system file's folder");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return parse(name, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    static OwnersFile parse(String name, String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().limit(MOST_LINES).toList()) {
            number++;
            String content = line.replaceFirst("(^|\\s)#.*", "").strip();
            if (!content.isEmpty()) {
                String[] words = content.split("\\s+", -1);
                List<String> owners = Arrays.stream(words).skip(1).map(OwnersFile::plain).toList();
                lines.add(new Line(number, pattern(words[0]), owners));
            }
        }
        return new OwnersFile(name, lines);
    }

    /// A name without the `@` before it, whatever its case.
    static String plain(String owner) {
        return owner.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT);
    }

    /// The line that speaks of an element.
    Optional<Line> line(Element element) {
        List<String> names = new ArrayList<>(List.of(element.id()));
        AiSystem.artifactName(element)
                .ifPresent(path -> {
                    names.add(path);
                    names.add(path.substring(path.lastIndexOf('/') + 1));
                });
        return lines.reversed().stream()
                .filter(line ->
                        names.stream().anyMatch(each -> line.pattern().matcher(each).matches()))
                .findFirst();
    }

    String name() {
        return name;
    }

    private static Pattern pattern(String glob) {
        String plain = glob.replaceFirst("^/", "").replaceFirst("/$", "/**");
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            boolean isDouble = plain.startsWith("**", i);
            switch (plain.charAt(i)) {
                case '*' -> regex.append(isDouble ? ".*" : "[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(plain.charAt(i))));
            }
            i += isDouble ? 1 : 0;
        }
        return Pattern.compile(regex.toString());
    }
}
