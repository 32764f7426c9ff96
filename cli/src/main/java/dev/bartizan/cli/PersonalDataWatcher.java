package dev.bartizan.cli;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Severity;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.personal.PersonalFinder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Finds personal data in the texts of a scan by its form: addresses of mail, telephone numbers,
/// numbers of cards, accounts and persons that check. What was found is never repeated.
final class PersonalDataWatcher implements TextWatcher {
    private static final int LONGEST = 4 << 20;

    /// Forms that say nothing of a person where weights are.
    private static final Set<String> OTHERS =
            Set.of("DOMAIN_NAME", "IP_ADDRESS", "MAC_ADDRESS", "DATE_TIME", "URL", "COORDINATES");

    /// Addresses that stand for any, or for a machine.
    private static final Pattern NOBODY =
            Pattern.compile(
                    "(?i)[^@]*+@(.*\\.)?(example|test|invalid|localhost|domain|email|company)(\\.\\w++)*+|(git|hg|svn|noreply|no-reply|user|username|you|your[\\w.-]*|name|me|someone|foo|bar|admin|root|postmaster)@.*|[^@]*+@.*\\.(corp|lan|local|internal|intranet|localdomain)|.*@users\\.noreply\\.github\\.com");

    private static final Rule PERSONAL =
            new Rule(
                    "personal-data-beside-weights",
                    "Take it out of what is handed on, or put an example in its place.",
                    List.of("CWE-359"),
                    List.of());

    @Override
    public void look(String text, Notes notes) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Map<String, int[]> firstAndCount = new TreeMap<>();
        for (Detection found : PersonalFinder.forms(part)) {
            if (isPersonal(part, found)) {
                firstAndCount.computeIfAbsent(found.type(), _ -> new int[] {found.start(), 0})[1]++;
            }
        }
        firstAndCount.forEach((type, seen) ->
                notes.findingAt(
                        PERSONAL,
                        Severity.LOW,
                        notes.item().path() + "@" + seen[0],
                        "Holds personal data of the form "
                                + type.toLowerCase(Locale.ROOT).replace('_', ' ')
                                + (seen[1] == 1 ? "" : ", " + seen[1] + " times")));
    }

    private static boolean isPersonal(String text, Detection found) {
        if (OTHERS.contains(found.type()) || found.score() < 0.6) {
            return false;
        }
        int from = text.offsetByCodePoints(0, found.start());
        int to = text.offsetByCodePoints(from, found.end() - found.start());
        return !found.type().equals("EMAIL_ADDRESS")
                || !NOBODY.matcher(text.substring(from, to)).matches();
    }
}
