package dev.bartizan.guard.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpellingTest {
    @Test
    void accountIsFoundWithOtherGaps() {
        assertThat(
                        Spelling.of("de89370400440532013000")
                                .find("an de89 3704 0044 0532 0130 00, bitte"))
                .contains("de89 3704 0044 0532 0130 00");
        assertThat(Spelling.of("2200700912345675").isIn("card 2200 7009 1234 5675")).isTrue();
        assertThat(Spelling.of("2200700912345675").isIn("card 2200 7009 1234 56751")).isFalse();
    }

    @Test
    void telephoneNumberIsFoundWithAndWithoutItsCountry() {
        assertThat(Spelling.of("+49305550188").isIn("call (030) 555 01 88 today")).isTrue();
        assertThat(Spelling.of("030 5550188").isIn("call +49 30 555 0188")).isTrue();
        assertThat(Spelling.of("+49305550188").isIn("call 0190 555 01 23")).isFalse();
    }

    @Test
    void shortNumberIsNotSpelledOtherwise() {
        assertThat(Spelling.of("1234").isIn("1 2 3 4")).isFalse();
    }

    @Test
    void numbersAreReadAsOtherCountriesWriteThem() {
        assertThat(Amounts.in("1.250,00 €")).containsExactly(1250.0);
        assertThat(Amounts.in("1,250.00")).containsExactly(1250.0);
        assertThat(Amounts.in("84.0")).containsExactly(84.0);
        assertThat(Amounts.in("1 250,50")).containsExactly(1250.5);
        assertThat(Amounts.in("1'250.5")).containsExactly(1250.5);
        assertThat(Amounts.in("1.250")).containsExactlyInAnyOrder(1250.0, 1.25);
    }

    @Test
    void lettersOfTwoScriptsInOnePieceOfAnAddressAreSeen() {
        assertThat(Spelling.mixesScripts("h.marsh@m\u0430rsh-law.example")).isTrue();
        assertThat(Spelling.mixesScripts("почта@пример.example")).isFalse();
        assertThat(Spelling.mixesScripts("h.marsh@marsh-law.example")).isFalse();
    }
}
