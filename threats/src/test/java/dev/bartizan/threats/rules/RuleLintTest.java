package dev.bartizan.threats.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bartizan.core.ElementKind;
import dev.bartizan.knowledge.Claims;
import dev.bartizan.threats.systemfile.SystemFileErrors;
import dev.bartizan.threats.systemfile.Vocabulary;
import dev.bartizan.threats.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleLintTest {
    private static final Vocabulary VOCABULARY = Vocabulary.of(List.of());
    private static final String GOOD =
            """
            rules:
              - id: BZ-x
                title: Something at {at}
                severity: low
                at: [llm]
                applies-when: { is: { exposes: public } }
                unless: [ { control: [guardrail] } ]
                confirmed-by: prompt-leaks
                refuted-by: prompt-leaks
                why: Because it is so and matters.
                mend: Do it differently from now on.
                map: { stride: [I], atlas: [AML.T0056] }
            """;

    private static RuleBook book(String yaml) {
        return RuleBook.parse("rules.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lint(String yaml) {
        return RuleLint.check(book(yaml), VOCABULARY).stream().map(Problem::message).toList();
    }

    @Test
    void theRulesThatComeWithTheToolAreClean() {
        assertThat(RuleLint.check(RuleBook.bundled(), VOCABULARY)).isEmpty();
        assertThat(RuleBook.bundled().rules()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void everyClaimOfTheListIsNamedBySomeRule() {
        List<String> used =
                RuleBook.bundled().rules().stream()
                        .flatMap(rule -> rule.confirmedBy().stream())
                        .map(claim -> claim.base())
                        .toList();
        assertThat(Claims.bundled().all())
                .extracting(card -> card.claim().name())
                .filteredOn(name -> !name.equals("protocol-broken"))
                .allSatisfy(name -> assertThat(used).contains(name));
    }

    @Test
    void everySeedOfTheCatalogueGrewIntoARule() {
        List<String> seeds =
                RuleBook.bundled().rules().stream()
                        .flatMap(rule -> rule.seeds().stream())
                        .distinct()
                        .toList();
        assertThat(seeds).hasSize(148);
        assertThat(RuleBook.bundled().rules()).hasSizeGreaterThanOrEqualTo(150);
    }

    @Test
    void everyKindOfElementHasRulesOfItsOwn() {
        for (ElementKind kind : ElementKind.values()) {
            assertThat(RuleBook.bundled().rules())
                    .as(kind.word())
                    .anyMatch(rule -> rule.at().contains(kind));
        }
    }

    @Test
    void aGoodRuleIsClean() {
        assertThat(lint(GOOD)).isEmpty();
    }

    @Test
    void everyKindOfMistakeIsFound() {
        assertThat(lint(GOOD.replace("confirmed-by: prompt-leaks", "confirmed-by: prompt-leak")))
                .contains("BZ-x: unknown claim prompt-leak.");
        assertThat(lint(GOOD.replace("AML.T0056", "AML.T9999")))
                .containsExactly("BZ-x: unknown atlas id AML.T9999.");
        assertThat(lint(GOOD.replace("guardrail", "gardrail")))
                .containsExactly("BZ-x: unknown control kind gardrail.");
        assertThat(lint(GOOD.replace("exposes: public", "expose: public")))
                .containsExactly("BZ-x: no system file can say expose.");
        assertThat(lint(GOOD.replace("exposes: public", "exposes: everyone")))
                .containsExactly("BZ-x: exposes is never everyone.");
        assertThat(lint(GOOD.replace("{ is: { exposes: public } }", "{ to: { by: eats } }")))
                .containsExactly("BZ-x: unknown relation eats.");
        assertThat(lint(GOOD.replace("exposes: public", "kind: tool")))
                .containsExactly("BZ-x: it can never apply at llm.");
        assertThat(lint(GOOD.replace("Because it is so and matters.", "So.")))
                .containsExactly("BZ-x: why and mend are sentences.");
        assertThat(lint(GOOD.replace("{at}", "it")))
                .containsExactly("BZ-x: the title does not name {at}.");
        assertThat(lint(GOOD + GOOD.substring(GOOD.indexOf("  - id"))))
                .contains("BZ-x: the id is given twice.");
        assertThat(
                        lint(
                                GOOD
                                        + GOOD.substring(GOOD.indexOf("  - id"))
                                                .replace("BZ-x", "BZ-y")
                                                .replace("Something", "Other")))
                .containsExactly("BZ-y: it fires exactly when BZ-x does, for the same claims.");
    }

    @Test
    void rulesThatCanNeverFireAreFound() {
        for (String never :
                List.of(
                        "{ is: { exposes: public }, is-not: { exposes: [public, partner] } }",
                        "{ is: { exposes: public }, all: [ { is: { exposes: [none, partner] } } ] }",
                        "{ is: { exposes: public }, lacks: exposes }",
                        "{ has: exposes, any: [ { lacks: exposes } ] }",
                        "{ has: model.output, is: { model.size: tiny }, is-not: { model.size: tiny } }")) {
            assertThat(lint(GOOD.replace("{ is: { exposes: public } }", never)))
                    .as(never)
                    .containsExactly("BZ-x: it can never apply at llm.");
        }
        assertThat(lint(GOOD.replace("exposes: public", "model.output: numbers")))
                .containsExactly("BZ-x: model.output is never numbers.");
        assertThat(lint(GOOD.replace("exposes: public", "model.outputs: logits")))
                .containsExactly("BZ-x: no system file can say model.outputs.");
    }

    @Test
    void rulesInTheShadowOfAnotherAreFoundAlsoAmongOnesOwn() {
        RuleBook own =
                book(
                        GOOD.replace("BZ-x", "BZ-narrow")
                                .replace("Something", "Another thing")
                                .replace("exposes: public", "exposes: public, memory: user"));
        assertThat(
                        RuleLint.check(
                                book(GOOD),
                                own,
                                VOCABULARY,
                                dev.bartizan.knowledge.Catalogues.bundled()))
                .extracting(Problem::message)
                .containsExactly(
                        "BZ-narrow: it adds nothing to BZ-x, which applies wherever it does, for the"
                                + " same claims.");
        assertThat(
                        RuleLint.check(
                                book(GOOD),
                                book(GOOD),
                                VOCABULARY,
                                dev.bartizan.knowledge.Catalogues.bundled()))
                .extracting(Problem::message)
                .contains("BZ-x: the id is given twice.");
    }

    @Test
    void idsOfImportedCataloguesAreKnown() {
        String newer = GOOD.replace("AML.T0056", "AML.T9999");
        var imported =
                dev.bartizan.knowledge.Catalogues.parse(
                        "atlas\tAML.T9999\tA new technique\ttechnique\t\t\t\t\t\t\n");
        assertThat(RuleLint.check(book(newer), RuleBook.of(List.of()), VOCABULARY, imported))
                .isEmpty();
    }

    @Test
    void aBrokenRuleFileIsRefusedWithPlaces() {
        String bad =
                GOOD.replace("severity: low", "severity: lowish")
                        .replace("at: [llm]", "at: [lmm]")
                        .replace("is: {", "iss: {")
                        .replace("why:", "wy:");
        assertThatThrownBy(() -> book(bad))
                .isInstanceOf(SystemFileErrors.class)
                .hasMessageContaining("rules.yaml:2:5: Unknown severity \"lowish\".")
                .hasMessageContaining("rules.yaml:2:5: Unknown kind \"lmm\".")
                .hasMessageContaining("rules.yaml:6:21: Unknown condition \"iss\".")
                .hasMessageContaining("rules.yaml:10:5: Unknown key \"wy\".")
                .hasMessageContaining("The rule needs \"why\".");
    }
}
