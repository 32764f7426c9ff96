package dev.bartizan.artifacts.instructions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Words that are looked for first never keep an expression from a text that it matches.
class NeededWordsTest {
    /// What the expressions are made of, and words that are in none.
    private static final List<String> PARTS =
            List.of(
                    ("Ignore DISREGARD forget override bypass previous prior above earlier system all other"
                                    + " safety instructions instruction prompts rules guidelines directions"
                                    + " restrictions Never without must tell telling inform mention reveal show"
                                    + " notify alert warn ask let the user human developer anyone operator"
                                    + " ~/.ssh ~/.config/gcloud id_rsa id_ed25519 .aws/credentials /etc/passwd .env"
                                    + " mcp.json keychain wallet.dat environment variables printenv process.env"
                                    + " api access private keys key tokens token credentials silently Secretly"
                                    + " quietly in background keep this it a secret hidden from their user's"
                                    + " knowledge consent add insert include import install embed append upload"
                                    + " password backdoor https://x curl telemetry disclose that change uploads"
                                    + " sends posts copies shares blue sky . , \n")
                            .split(" "));

    private static final List<String> PHRASES =
            List.of(
                    "do not",
                    "Don't",
                    "must not",
                    "in the background",
                    "keep it secret from",
                    "browser cookies",
                    "Insert a backdoor",
                    "never mention this",
                    "include curl",
                    "without the user's knowledge",
                    "api key",
                    "ssh key");
    private static final List<Pattern> ALL =
            List.of(
                    Instructions.OVERRIDE,
                    Instructions.CONCEAL,
                    Instructions.SECRETLY,
                    Instructions.SECRET_PLACE,
                    Instructions.BEHIND_BACKS);

    @Test
    void noTextThatMatchesIsKeptAway() {
        Random random = new Random(3);
        int[] matches = new int[ALL.size()];
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int words = random.nextInt(3, 9); words > 0; words--) {
                List<String> from = random.nextInt(4) == 0 ? PHRASES : PARTS;
                text.append(from.get(random.nextInt(from.size()))).append(' ');
            }
            NeededWords needed = new NeededWords(text.toString());
            for (int p = 0; p < ALL.size(); p++) {
                if (ALL.get(p).matcher(text).find()) {
                    matches[p]++;
                    assertThat(needed.allow(ALL.get(p))).as("%s in %s", p, text).isTrue();
                }
            }
        }
        assertThat(matches).doesNotContain(0);
    }

    @Test
    void textsWithoutThemAreNotSearched() {
        NeededWords needed = new NeededWords("A model of flowers, trained on pictures.");
        assertThat(ALL).noneMatch(needed::allow);
    }
}
