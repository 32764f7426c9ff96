package dev.bartizan.cli;

import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.TextWatcher;
import dev.bartizan.core.Severity;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of machines of an internal network in the texts of a scan: private addresses (RFC 1918,
/// RFC 4193), names that no public server answers to (RFC 6762, RFC 8375, services of Kubernetes),
/// hosts of one word in addresses.
final class InternalHosts implements TextWatcher {
    private static final int LONGEST = 4 << 20;
    private static final String PRIVATE =
            "10\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|192\\.168\\.\\d{1,3}\\.\\d{1,3}|172\\.(?:1[6-9]|2\\d|3[01])\\.\\d{1,3}\\.\\d{1,3}";
    private static final String ENDING =
            "(?:internal|intranet|corp|lan|local|localdomain|home\\.arpa|svc)";
    private static final String LABELS = "(?:[a-z0-9_](?:[\\w-]{0,61})\\.){1,6}";

    /// An address; a name in quotes or behind a user; a service of a cluster; a private address
    /// that is no version number.
    private static final Pattern HOST =
            Pattern.compile(
                    "(?i)\\b[a-z][a-z0-9+]{1,20}://(?:[^\\s/@\"'<>]{1,100}@)?(?<address>"
                            + LABELS
                            + ENDING
                            + "|"
                            + PRIVATE
                            + "|\\[f[cd][0-9a-f]{2}:[0-9a-f:]{2,40}]|[a-z][a-z0-9-]{2,62})(?=[:/\"'\\s,)\\]]|$)"
                            + "|[\"'@](?<name>"
                            + LABELS
                            + "(?:internal|intranet|corp|lan|localdomain|home\\.arpa))(?=[:/\"'])"
                            + "|(?<![\\w.-])(?<service>[a-z0-9-]{1,63}\\.[a-z0-9-]{1,63}\\.svc\\.cluster\\.local)\\b"
                            + "|(?<![\\w.-])(?<number>"
                            + PRIVATE
                            + ")(?![\\w.-]*\\w)");

    private static final Pattern NO_HOST =
            Pattern.compile(
                    "(?i)localhost|(host|server|domain|example|your|my|some|foo|bar|test|www|null|path|proxy|user|bucket|hub)[\\w-]*|\\w+[-_]?(host|name|url|server|bucket|example)");
    private static final Pattern STORES =
            Pattern.compile(
                    "(?i)(s3a?|gs|hf|file|data|oci|docker|azureml|models|mlflow-artifacts|runs|dbfs|wasbs?|abfss?|hdfs|viewfs|git|package|app|chrome|about|vscode|x-\\w+)://.*",
                    Pattern.DOTALL);
    private static final Rule INTERNAL =
            new Rule(
                    "internal-host-named",
                    "Take names of internal machines out of what is handed on.",
                    List.of("CWE-200"),
                    List.of());

    @Override
    public void look(String text, Notes notes) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Matcher host = HOST.matcher(part);
        int first = -1;
        int count = 0;
        while (host.find()) {
            if (isInternal(host)) {
                first = first < 0 ? host.start() : first;
                count++;
            }
        }
        if (count > 0) {
            notes.findingAt(
                    INTERNAL,
                    Severity.LOW,
                    notes.item().path() + "@" + part.codePointCount(0, first),
                    count == 1
                            ? "Names a machine of an internal network"
                            : "Names machines of an internal network, " + count + " times");
        }
    }

    /// A host of one word counts unless it stands for any host, or is no host but a store's bucket.
    private static boolean isInternal(Matcher found) {
        String address = found.group("address");
        boolean isOneWord = address != null && address.matches("[A-Za-z][A-Za-z0-9-]+");
        return !isOneWord
                || (!NO_HOST.matcher(address).matches()
                        && !STORES.matcher(found.group()).matches());
    }
}
