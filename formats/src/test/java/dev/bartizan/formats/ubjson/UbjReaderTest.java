package dev.bartizan.formats.ubjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.json.Json;
import dev.bartizan.formats.json.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UbjReaderTest {
    private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 8, 100, 40);

    /// Text with `\xx` for a byte.
    private static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '~') {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toByteArray();
    }

    private static Json read(String text) throws FormatException {
        return UbjReader.read(bytes(text), LIMITS);
    }

    @Test
    void everyTypeIsRead() throws FormatException {
        Json value =
                read("[ZTFi~ffU~ffI~01~00l~00~01~00~00d~3f~80~00~00Ca" + "Si~02hi" + "Hi~031.5]");
        assertThat(value)
                .isEqualTo(
                        new Json.Items(
                                List.of(
                                        new Json.Null(),
                                        new Json.Truth(true),
                                        new Json.Truth(false),
                                        new Json.Numeral("-1"),
                                        new Json.Numeral("255"),
                                        new Json.Numeral("256"),
                                        new Json.Numeral("65536"),
                                        new Json.Numeral("1.0"),
                                        new Json.Text("a"),
                                        new Json.Text("hi"),
                                        new Json.Numeral("1.5"))));
    }

    @Test
    void typedAndCountedContainersAreRead() throws FormatException {
        assertThat(read("[$U#i~03~01~02~03").items("none")).isEmpty();
        assertThat(read("{i~01a[$U#i~02~05~06}").items("a"))
                .containsExactly(new Json.Numeral("5"), new Json.Numeral("6"));
        assertThat(read("{#i~01i~01kSi~01v").text("k")).contains("v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[[[[[[[[[[]]]]]]]]]]",
                "[$Z#l~7f~ff~ff~ff",
                "[$i]",
                "Si~ffa",
                "SL~7f~ff~ff~ff~ff~ff~ff~ff",
                "Si~02~ff~fe",
                "{i~01a}",
                "X",
                "TT",
                "Hi~03abc"
            })
    void brokenDocumentsAreRefused(String text) {
        assertThatExceptionOfType(FormatException.class).isThrownBy(() -> read(text));
    }
}
