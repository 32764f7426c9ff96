/// Clients of endpoints with limits and recording, and the checks that talk to them.
module dev.bartizan.targets {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires java.net.http;
    requires transitive tools.jackson.databind;

    exports dev.bartizan.targets;
    exports dev.bartizan.targets.prediction;
    exports dev.bartizan.targets.exposure;
    exports dev.bartizan.targets.protocol;

    uses dev.bartizan.core.SimulatedEndpoints;

    provides dev.bartizan.core.Check with
            dev.bartizan.targets.exposure.EndpointExposureCheck,
            dev.bartizan.targets.protocol.ProtocolCheck;
    provides dev.bartizan.core.FactSource with
            dev.bartizan.targets.EndpointFacts;
    provides dev.bartizan.core.SchemaSource with
            dev.bartizan.targets.EndpointKeys;
}
