package dev.bartizan.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.threats.templates.Answers;
import dev.bartizan.threats.templates.Answers.Approval;
import dev.bartizan.threats.templates.Answers.Hosting;
import dev.bartizan.threats.templates.Answers.Reach;
import dev.bartizan.threats.templates.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {
    private static final double LEAST_KEPT = 0.6;
    private static final Pattern TAB = Pattern.compile("\t");

    private static Answers answers(Reach reach, Hosting hosting, Approval approval) {
        return new Answers("A \"name\": #1", reach, List.of("personal-data"), hosting, approval);
    }

    private static ThreatModel model(Shape shape) {
        Answers answers = answers(Reach.PUBLIC, Hosting.THIRD_PARTY, Approval.NONE);
        return ThreatModel.derive(Systems.parse(shape.fill(answers)), List.of());
    }

    /// The models of all shapes with default answers.
    static List<ThreatModel> models() {
        return Arrays.stream(Shape.values()).map(TemplatesTest::model).toList();
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyAnswerGivesAFileThatCanBeRead(Shape shape) {
        for (Reach reach : Reach.values()) {
            for (Hosting hosting : Hosting.values()) {
                for (Approval approval : Approval.values()) {
                    String yaml = shape.fill(answers(reach, hosting, approval));
                    assertThat(Systems.parse(yaml).name()).isEqualTo("A \"name\": #1");
                    assertThat(yaml).doesNotContain("${");
                }
            }
        }
    }

    @Test
    void anUnknownKindOfDataIsRefused() {
        List<String> data = List.of("gossip");
        assertThatThrownBy(() -> new Answers("x", Reach.PUBLIC, data, Hosting.SELF, Approval.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The judgement was made by hand; when rules or templates change, it must be made again.
    @Test
    void everyThreatOfTheTemplatesWasJudgedAndMostAreWorthHaving() throws IOException {
        List<String> derived = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            model(shape)
                    .threats()
                    .forEach(threat ->
                            derived.add(
                                    shape.word()
                                            + "\t"
                                            + threat.rule()
                                            + "\t"
                                            + String.join(" ", threat.roles().values())));
        }
        List<String[]> judged = judged();
        assertThat(judged.stream().map(row -> String.join("\t", row[0], row[1], row[2])))
                .containsExactlyInAnyOrderElementsOf(derived);
        assertThat(judged).allSatisfy(row -> assertThat(row[3]).isIn("yes", "no"));
        assertThat(judged).allSatisfy(row -> assertThat(row[4]).isNotBlank());
        double kept = judged.stream().filter(row -> row[3].equals("yes")).count();
        assertThat(kept / judged.size()).isGreaterThanOrEqualTo(LEAST_KEPT);
    }

    private static List<String[]> judged() throws IOException {
        try (InputStream in = TemplatesTest.class.getResourceAsStream("templates-judged.tsv")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> TAB.splitAsStream(line).toArray(String[]::new))
                    .toList();
        }
    }
}
