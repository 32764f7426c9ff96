package dev.bartizan.reports.sarif;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Place;
import dev.bartizan.reports.VisibleText;
import dev.bartizan.reports.sarif.SarifLog.ArtifactLocation;
import dev.bartizan.reports.sarif.SarifLog.Location;
import dev.bartizan.reports.sarif.SarifLog.LogicalLocation;
import dev.bartizan.reports.sarif.SarifLog.Message;
import dev.bartizan.reports.sarif.SarifLog.PhysicalLocation;
import dev.bartizan.reports.sarif.SarifLog.Region;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where results lie: the element as logical location; its file, or its line in the system file, as
/// physical location.
final class Locations {
    static final String ROOT_ID = "SRCROOT";
    private static final Pattern OFFSET =
            Pattern.compile("(?:offset|byte|@|\\+)\\s{0,3}([0-9]{1,15})(?![0-9A-Za-z.])");
    private static final String UNRESERVED = "-._~/!$&'()*+,;=@";

    private final AiSystem system;
    private final Path root;
    private final List<String> elements;

    /// @param root folder that relative addresses start from
    Locations(AiSystem system, Path root) {
        this.system = system;
        this.root = root.toAbsolutePath().normalize();
        this.elements = List.copyOf(system.elements().keySet());
    }

    List<LogicalLocation> all() {
        List<LogicalLocation> all = new ArrayList<>();
        elements.forEach(id -> all.add(logical(id, Optional.empty())));
        return all;
    }

    Location of(AssessedThreat threat) {
        return at(threat.threat().at(), Optional.empty());
    }

    Location of(String element, Finding finding) {
        return at(element, Optional.of(finding.location()).filter(text -> !text.isBlank()));
    }

    Location of(String element) {
        return at(element, Optional.empty());
    }

    private Location at(String id, Optional<String> detail) {
        Optional<Element> element = system.element(id);
        Optional<PhysicalLocation> physical =
                element.flatMap(system::artifact)
                        .map(file -> new PhysicalLocation(address(file), region(detail)))
                        .or(() -> element.flatMap(each -> declared(each.place())));
        int index = elements.indexOf(id);
        return new Location(
                physical,
                List.of(logical(id, index < 0 ? Optional.empty() : Optional.of(index))),
                detail.map(text -> new Message(VisibleText.of(text))));
    }

    private LogicalLocation logical(String id, Optional<Integer> index) {
        return new LogicalLocation(id, system.name() + "/" + id, "element", index);
    }

    private Optional<PhysicalLocation> declared(Place place) {
        if (place.file().isBlank()) {
            return Optional.empty();
        }
        Region region =
                place.line() < 1
                        ? region(Optional.empty())
                        : new Region(
                                Optional.of(place.line()),
                                Optional.of(Math.max(1, place.column())),
                                Optional.empty(),
                                Optional.empty());
        return Optional.of(new PhysicalLocation(address(system.file()), region));
    }

    /// Where in a file a finding lies: at its offset, where the detail names one of the file
    /// itself. The line is there for code scanning of GitHub, which shows no result without one and
    /// does not know offsets; bytes have no lines, so it is the first.
    static Region region(Optional<String> detail) {
        Optional<Long> offset =
                detail.filter(text -> !text.contains("!"))
                        .map(OFFSET::matcher)
                        .filter(Matcher::find)
                        .map(found -> Long.parseLong(found.group(1)));
        return new Region(Optional.of(1), Optional.empty(), offset, offset.map(_ -> 1));
    }

    private ArtifactLocation address(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.startsWith(root)) {
            return new ArtifactLocation(
                    Optional.of(escape(root.relativize(absolute).toString())),
                    Optional.of(ROOT_ID),
                    Optional.empty());
        }
        return new ArtifactLocation(
                Optional.of("file://" + escape(absolute.toString())),
                Optional.empty(),
                Optional.empty());
    }

    /// Percent-encodes what RFC 3986 does not allow in a relative path; a colon too, so that no
    /// first segment reads as a scheme.
    static String escape(String path) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain =
                    (c < 0x80 && Character.isLetterOrDigit(c)) || UNRESERVED.indexOf(c) >= 0;
            escaped.append(isPlain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }
}
