package dev.bartizan.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Contrast by WCAG 2.2, success criterion 1.4.3, computed from the style sheet.
class ContrastTest {
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6})");
    private static final List<String> STANDINGS =
            List.of(
                    "confirmed",
                    "stale",
                    "undetermined",
                    "untested",
                    "declared",
                    "accepted",
                    "withstood",
                    "cleared",
                    "proved",
                    "simulated");

    @Test
    void textIsReadableInLightAndDark() throws IOException {
        String sheet = sheet();
        int dark = sheet.indexOf("@media (prefers-color-scheme: dark)");
        Map<String, String> light = colours(sheet.substring(0, dark));
        Map<String, String> night = new HashMap<>(light);
        night.putAll(colours(sheet.substring(dark)));

        for (Map<String, String> scheme : List.of(light, night)) {
            for (String ground : List.of("paper", "card", "soft")) {
                for (String ink : List.of("ink", "muted", "link", "confirmed", "stale")) {
                    assertReadable(scheme, ink, ground);
                }
            }
            for (String standing : STANDINGS) {
                assertReadable(scheme, standing, standing + "-soft");
                assertReadable(scheme, "ink", standing + "-soft");
                assertReadable(scheme, "muted", standing + "-soft");
            }
        }
    }

    @Test
    void knownContrastComesOut() {
        assertThat(contrast("000000", "ffffff")).isEqualTo(21.0);
        assertThat(contrast("777777", "ffffff")).isBetween(4.47, 4.49);
    }

    private static void assertReadable(Map<String, String> scheme, String ink, String ground) {
        assertThat(contrast(colour(scheme, ink), colour(scheme, ground)))
                .as(ink + " on " + ground + " " + scheme.get("paper"))
                .isGreaterThanOrEqualTo(4.5);
    }

    private static String colour(Map<String, String> scheme, String name) {
        return String.valueOf(scheme.get(name));
    }

    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String hex) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static Map<String, String> colours(String text) {
        Map<String, String> colours = new HashMap<>();
        Matcher matcher = COLOUR.matcher(text);
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    private static String sheet() throws IOException {
        try (InputStream in = PageFrame.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IOException("report.css is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
