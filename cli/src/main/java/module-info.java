/// The shell: parses, wires, prints, exits.
module dev.bartizan.cli {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires dev.bartizan.knowledge;
    requires dev.bartizan.formats;
    requires dev.bartizan.targets;
    requires dev.bartizan.threats;
    requires dev.bartizan.artifacts;
    requires dev.bartizan.provenance;
    requires dev.bartizan.tensors;
    requires dev.bartizan.range;
    requires dev.bartizan.reports;
    requires dev.bartizan.guard;
    requires dev.bartizan.robustness;
    requires info.picocli;
    requires tools.jackson.databind;
    requires jdk.management;

    opens dev.bartizan.cli to
            info.picocli;

    uses dev.bartizan.core.Check;
    uses dev.bartizan.core.FactSource;
    uses dev.bartizan.core.SchemaSource;
    uses dev.bartizan.core.SimulatedEndpoints;

    provides dev.bartizan.guard.classify.OwnClassifierSource with
            dev.bartizan.cli.ClassifierFolders;
}
