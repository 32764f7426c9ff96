package dev.bartizan.core;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is protected: elements, flows, trust zones, declared controls, safety protocols, decisions.
///
/// @param name for people
/// @param file the system file; paths in it are relative to its folder
/// @param profile sector, jurisdiction and the like
/// @param environment `staging`, `production` or `development`; effects are allowed only in staging
/// @param zones by id
/// @param elements by id, in the file's order
/// @param flows in the file's order
/// @param controls in the file's order
/// @param protocols in the file's order
/// @param decisions in the file's order
/// @param checkParameters what the file says under `checks:`, by check id
/// @param carried what other tools' models say beyond the file's own words, by format; never read
///   by rules or checks
public record AiSystem(
        String name,
        Path file,
        Attributes profile,
        String environment,
        Map<String, Zone> zones,
        Map<String, Element> elements,
        List<Flow> flows,
        List<Control> controls,
        List<Protocol> protocols,
        List<Decision> decisions,
        Map<String, Attributes> checkParameters,
        Attributes carried) {
    /// A system that carries nothing of other tools.
    public AiSystem(
            String name,
            Path file,
            Attributes profile,
            String environment,
            Map<String, Zone> zones,
            Map<String, Element> elements,
            List<Flow> flows,
            List<Control> controls,
            List<Protocol> protocols,
            List<Decision> decisions,
            Map<String, Attributes> checkParameters) {
        this(
                name,
                file,
                profile,
                environment,
                zones,
                elements,
                flows,
                controls,
                protocols,
                decisions,
                checkParameters,
                Attributes.NONE);
    }

    public AiSystem {
        zones = Collections.unmodifiableMap(new LinkedHashMap<>(zones));
        elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
        flows = List.copyOf(flows);
        controls = List.copyOf(controls);
        protocols = List.copyOf(protocols);
        decisions = List.copyOf(decisions);
        checkParameters = Collections.unmodifiableMap(new LinkedHashMap<>(checkParameters));
    }

    /// The element of that id.
    public Optional<Element> element(String id) {
        return Optional.ofNullable(elements.get(id));
    }

    /// How far an element's zone is trusted; internal when it lies in none.
    public Zone.Trust trustOf(Element element) {
        Zone zone = zones.get(element.zone());
        return zone == null ? Zone.Trust.INTERNAL : zone.trust();
    }

    /// Whether checks with effects may run.
    public boolean allowsEffects() {
        return environment.equals("staging");
    }

    /// A path of the system file, resolved against its folder.
    public Path resolve(String path) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of(path) : folder.resolve(path).normalize();
    }

    /// The file that an element's `artifact` names, if any.
    public Optional<Path> artifact(Element element) {
        return artifactName(element).map(this::resolve);
    }

    /// The file that an element names, or else that of the one element it serves: what is found out
    /// about a model holds for the service that answers with it.
    public Optional<Path> artifactBehind(Element element) {
        List<String> served = element.attributes().texts("serves");
        Optional<Path> own = artifact(element);
        return own.isPresent() || served.size() != 1
                ? own
                : element(served.getFirst()).flatMap(this::artifact);
    }

    /// The path that an element's `artifact` names as the file writes it, alone or in a map.
    public static Optional<String> artifactName(Element element) {
        return element.attributes()
                .text("artifact")
                .or(() -> element.attributes().map("artifact").text("path"));
    }
}
