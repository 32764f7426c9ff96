package dev.bartizan.guard.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MomentsTest {
    @Test
    void aDayIsTheSameHoweverItIsWritten() {
        for (String day :
                new String[] {
                    "2026-12-24T06:00",
                    "24 December",
                    "December 24th",
                    "24. Dezember 2026",
                    "24 de diciembre",
                    "24.12.",
                    "24/12/2026",
                    "12月24日",
                    "24 декабря"
                }) {
            assertThat(Moments.days(day)).as(day).contains(1224);
        }
    }

    @Test
    void aTimeIsTheSameHoweverItIsWritten() {
        for (String time :
                new String[] {"2026-12-24T18:30", "18:30", "6:30 pm", "18h30", "18.30 Uhr"}) {
            assertThat(Moments.times(time)).as(time).contains(18 * 60 + 30);
        }
        assertThat(Moments.times("at 6 pm")).contains(18 * 60);
    }

    @Test
    void whatIsNoDayIsNone() {
        assertThat(Moments.days("room 24, march on, 99.99.")).isEmpty();
        assertThat(Moments.times("99:99 and version 4.12.1")).isEmpty();
    }
}
