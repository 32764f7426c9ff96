package dev.bartizan.reports.sarif;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of SARIF 2.1.0 (OASIS Standard, errata 01) that findings need, one record per object of
/// the specification, components named and ordered as they are written. Empty values are left out.
///
/// @param schema address of the schema
/// @param version of SARIF
/// @param runs one per assessment
record SarifLog(@JsonProperty("$schema") String schema, String version, List<Run> runs) {
    /// Section 3.14.
    record Run(
            Tool tool,
            AutomationDetails automationDetails,
            Optional<String> baselineGuid,
            List<Invocation> invocations,
            Map<String, ArtifactLocation> originalUriBaseIds,
            List<LogicalLocation> logicalLocations,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Result> results,
            List<ToolComponent> taxonomies,
            String columnKind,
            Map<String, Object> properties) {}

    /// Section 3.18.
    record Tool(ToolComponent driver) {}

    /// Section 3.19: the tool itself, or a taxonomy.
    record ToolComponent(
            @JsonInclude(JsonInclude.Include.ALWAYS) String name,
            Optional<String> organization,
            Optional<String> guid,
            Optional<String> version,
            Optional<Message> shortDescription,
            List<Descriptor> rules,
            List<Descriptor> taxa,
            List<ComponentReference> supportedTaxonomies) {}

    /// Section 3.49: a rule, or a taxon.
    record Descriptor(
            @JsonInclude(JsonInclude.Include.ALWAYS) String id,
            Optional<Message> shortDescription,
            Optional<Message> fullDescription,
            Optional<Message> help,
            Optional<String> helpUri,
            Optional<Configuration> defaultConfiguration,
            List<Relationship> relationships,
            Map<String, Object> properties) {
        static Descriptor taxon(String id, Optional<String> helpUri) {
            return new Descriptor(
                    id,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    helpUri,
                    Optional.empty(),
                    List.of(),
                    Map.of());
        }
    }

    /// Section 3.50.
    record Configuration(String level) {}

    /// Section 3.53.
    record Relationship(DescriptorReference target, List<String> kinds) {}

    /// Section 3.52.
    record DescriptorReference(
            @JsonInclude(JsonInclude.Include.ALWAYS) String id,
            Optional<Integer> index,
            Optional<ComponentReference> toolComponent) {}

    /// Section 3.54.
    record ComponentReference(
            @JsonInclude(JsonInclude.Include.ALWAYS) String name,
            Optional<Integer> index,
            String guid) {}

    /// Section 3.17.
    record AutomationDetails(String id, String guid) {}

    /// Section 3.20.
    record Invocation(
            boolean executionSuccessful,
            String endTimeUtc,
            List<Notification> toolExecutionNotifications) {}

    /// Section 3.58.
    record Notification(
            Message message,
            String level,
            List<Location> locations,
            Optional<DescriptorReference> associatedRule) {}

    /// Section 3.11.
    record Message(@JsonInclude(JsonInclude.Include.ALWAYS) String text) {}

    /// Section 3.27.
    record Result(
            @JsonInclude(JsonInclude.Include.ALWAYS) String ruleId,
            int ruleIndex,
            String kind,
            String level,
            Message message,
            List<Location> locations,
            Map<String, String> partialFingerprints,
            Optional<String> baselineState,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Suppression> suppressions,
            List<DescriptorReference> taxa,
            Map<String, Object> properties) {}

    /// Section 3.28.
    record Location(
            Optional<PhysicalLocation> physicalLocation,
            List<LogicalLocation> logicalLocations,
            Optional<Message> message) {}

    /// Section 3.29.
    record PhysicalLocation(ArtifactLocation artifactLocation, Region region) {}

    /// Section 3.4.
    record ArtifactLocation(
            Optional<String> uri, Optional<String> uriBaseId, Optional<Message> description) {}

    /// Section 3.30.
    record Region(
            Optional<Integer> startLine,
            Optional<Integer> startColumn,
            Optional<Long> byteOffset,
            Optional<Integer> byteLength) {}

    /// Section 3.33.
    record LogicalLocation(
            @JsonInclude(JsonInclude.Include.ALWAYS) String name,
            String fullyQualifiedName,
            String kind,
            Optional<Integer> index) {}

    /// Section 3.35. No status: that means accepted, and older forms of the schema do not know it.
    record Suppression(String kind, String justification) {}
}
