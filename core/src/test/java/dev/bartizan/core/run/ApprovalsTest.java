package dev.bartizan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Decision;
import dev.bartizan.core.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsTest {
    private static final LocalDate LATER = LocalDate.of(2027, 1, 1);

    @TempDir private Path folder = Path.of("");

    private static Decision by(Decision.Action action, String owner, String second) {
        return new Decision("T-A", action, owner, second, "reason", LATER, Place.NOWHERE);
    }

    private static Optional<String> objection(Map<String, Object> profile, Decision decision) {
        return Approvals.of(Samples.deciding(profile, decision)).objection(decision, "model");
    }

    @Test
    void withoutAListAnybodyDecides() {
        assertThat(objection(Map.of(), by(Decision.Action.ACCEPT, "anybody", ""))).isEmpty();
    }

    @Test
    void anOwnerMustBeOnTheList() {
        Map<String, Object> profile = Map.of("owners", java.util.List.of("@Head", "risk"));
        assertThat(objection(profile, by(Decision.Action.MITIGATE, "head", ""))).isEmpty();
        assertThat(objection(profile, by(Decision.Action.MITIGATE, "intern", "")))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("intern is no owner of model", "head, risk"));
    }

    @Test
    void anAcceptanceNeedsASecondDifferentOwnerWhereFourEyesAreAskedFor() {
        Map<String, Object> profile =
                Map.of("owners", java.util.List.of("head", "risk"), "four-eyes", true);
        assertThat(objection(profile, by(Decision.Action.ACCEPT, "head", "risk"))).isEmpty();
        assertThat(objection(profile, by(Decision.Action.ACCEPT, "head", "")))
                .hasValueSatisfying(why -> assertThat(why).contains("nobody else has signed"));
        assertThat(objection(profile, by(Decision.Action.ACCEPT, "head", " @HEAD ")))
                .hasValueSatisfying(why -> assertThat(why).contains("signed twice"));
        assertThat(objection(profile, by(Decision.Action.ACCEPT, "head", "intern")))
                .hasValueSatisfying(why -> assertThat(why).contains("intern is no owner"));
        assertThat(objection(profile, by(Decision.Action.MITIGATE, "head", ""))).isEmpty();
    }

    @Test
    void theLastLineThatMatchesNamesTheOwners() throws IOException {
        Files.writeString(
                folder.resolve("OWNERS"),
                """
                # who may decide
                *           @security
                payout*     @head @risk   # money
                *.onnx      @ml
                """);
        Decision decision = by(Decision.Action.ACCEPT, "head", "");
        AiSystem system =
                Samples.deciding(
                        folder.resolve("system.yaml"), Map.of("owners-file", "OWNERS"), decision);
        Approvals approvals = Approvals.of(system);
        assertThat(approvals.objection(decision, "payout-api")).isEmpty();
        assertThat(approvals.objection(decision, "model"))
                .hasValue("head is no owner of model; OWNERS line 2 names security");
        assertThat(approvals.notes(Map.of("T-A", "model"))).hasSize(1);
    }

    @Test
    void aListThatCannotBeReadLetsNoDecisionCount() {
        for (String name : java.util.List.of("missing", "../../etc/passwd", "/etc/passwd")) {
            AiSystem system =
                    Samples.deciding(folder.resolve("system.yaml"), Map.of("owners-file", name));
            assertThat(
                            Approvals.of(system)
                                    .objection(by(Decision.Action.AVOID, "head", ""), "model"))
                    .hasValueSatisfying(why -> assertThat(why).contains("cannot be read"));
        }
    }

    @Test
    void patternsAreGlobsAndNothingElse() {
        OwnersFile file =
                OwnersFile.parse("O", "model(+)[ @x\n**/model @deep\nmod?l @one\n/mod*/ @dir");
        assertThat(file.line(Samples.system("staging", "model").element("model").orElseThrow()))
                .hasValueSatisfying(line -> assertThat(line.owners()).containsExactly("one"));
    }
}
