package dev.bartizan.guard.personal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.guard.Detection;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PersonalFinderTest {
    private static final PersonalFinder FINDER = PersonalFinder.shipped();

    @Test
    void namesPlacesAndCompaniesOfASentenceAreTold() {
        String text = "My name is Anna Schmidt, I live in Munich and work for Siemens.";
        assertThat(FINDER.find(text))
                .extracting(d -> d.type() + " " + text.substring(d.start(), d.end()))
                .containsExactly("PERSON Anna Schmidt", "LOCATION Munich", "ORGANIZATION Siemens");
    }

    @Test
    void namesEndWhereOrdinaryWordsBegin() {
        String text = "Angela Keller met Emmanuel Martin in Paris, and Juan de la Cruz wrote.";
        assertThat(FINDER.find(text))
                .filteredOn(d -> d.type().equals("PERSON"))
                .extracting(d -> text.substring(d.start(), d.end()))
                .contains("Angela Keller", "Emmanuel Martin", "Juan de la Cruz");
    }

    @Test
    void anAddressInsideASentenceIsOneAndLinesOfAnEnvelopeAreSeveral() {
        String sentence = "Please send it to 12 Elm Road, Suite 4, Leeds, Canada 12345 by Monday.";
        assertThat(FINDER.find(sentence))
                .filteredOn(d -> d.type().equals("ADDRESS"))
                .extracting(d -> sentence.substring(d.start(), d.end()))
                .containsExactly("12 Elm Road, Suite 4, Leeds, Canada 12345");
        String envelope = "Anna Keller\n\n12 Elm Road\nSuite 4\nLeeds\nCanada 12345";
        assertThat(FINDER.find(envelope)).hasSizeGreaterThan(3);
    }

    @Test
    void namesInOtherLanguagesAreTold() {
        for (String text :
                List.of(
                        "Ich heiße Anna Weber und wohne in Hamburg.",
                        "Je m'appelle Claire Weber et j'habite à Lyon.",
                        "Me llamo Carmen Ruiz y vivo en Valencia.",
                        "Mi chiamo Paolo Ricci e abito a Torino.")) {
            assertThat(FINDER.find(text))
                    .as(text)
                    .extracting(Detection::type)
                    .containsExactly("PERSON", "LOCATION");
        }
    }

    @Test
    void offsetsCountCodePoints() {
        assertThat(FINDER.find("😀😀 jo@post.example"))
                .singleElement()
                .satisfies(d -> assertThat(List.of(d.start(), d.end())).containsExactly(3, 18));
    }

    @Test
    void plainTextHasNoPersonalData() {
        assertThat(FINDER.find("How do I reset my password and top up my card?")).isEmpty();
    }

    @Test
    void findingsOfAnyTextAreInOrderAndInside() {
        Random random = new Random(17);
        for (int n = 0; n < 300; n++) {
            StringBuilder text = new StringBuilder("Dr. Ann Lee, 12 High Street ");
            random.ints(60, 0, 0x1F700)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .forEach(text::appendCodePoint);
            int points = text.codePointCount(0, text.length());
            int start = 0;
            for (Detection d : FINDER.find(text.toString())) {
                assertThat(d.start()).isGreaterThanOrEqualTo(start);
                assertThat(d.end()).isBetween(d.start() + 1, points);
                start = d.start();
            }
        }
    }
}
