/// Attacks on models, and what they show.
module dev.bartizan.robustness {
    requires static transitive org.jspecify;
    requires transitive dev.bartizan.core;
    requires transitive dev.bartizan.tensors;
    requires transitive dev.bartizan.targets;
    requires java.desktop;

    exports dev.bartizan.robustness;
    exports dev.bartizan.robustness.corruption;
    exports dev.bartizan.robustness.data;
    exports dev.bartizan.robustness.tabular;
    exports dev.bartizan.robustness.harden;
    exports dev.bartizan.robustness.remote;
    exports dev.bartizan.robustness.smoothing;

    provides dev.bartizan.core.Check with
            dev.bartizan.robustness.EvasionCheck;
}
