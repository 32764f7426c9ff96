package dev.bartizan.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreatIdTest {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// The first 60 bits of the digest as a number, in base 32.
    private static String independent(String text) {
        byte[] hash = Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        BigInteger bits = new BigInteger(1, hash).shiftRight(256 - 60);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            id.append(BASE32.charAt(bits.mod(BigInteger.valueOf(32)).intValue()));
            bits = bits.shiftRight(5);
        }
        return "T-" + id.reverse();
    }

    @Test
    void idIsTheBase32OfTheDigestOfRuleAndSortedRoles() {
        for (int i = 0; i < 500; i++) {
            Map<String, String> roles = Map.of("at", "e" + i, "via", "f" + i);
            assertThat(ThreatId.of("rule-" + i, roles))
                    .isEqualTo(independent("rule-" + i + "\nat=e" + i + "\nvia=f" + i))
                    .matches("T-[A-Z2-7]{12}");
        }
    }

    @Test
    void orderOfRolesDoesNotMatter() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("at", "a");
        one.put("from", "b");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("from", "b");
        other.put("at", "a");
        assertThat(ThreatId.of("r", one)).isEqualTo(ThreatId.of("r", other));
    }

    @Test
    void ruleRoleAndElementEachMatter() {
        Set<String> ids = new HashSet<>();
        for (String rule : new String[] {"r", "s"}) {
            for (String role : new String[] {"at", "to"}) {
                for (String element : new String[] {"a", "b"}) {
                    ids.add(ThreatId.of(rule, Map.of(role, element)));
                }
            }
        }
        ids.add(ThreatId.of("r", Map.of("at", "b", "to", "a")));
        ids.add(ThreatId.of("r", Map.of("at", "a", "to", "b")));
        assertThat(ids).hasSize(10);
    }
}
