package dev.bartizan.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The scanner on tricks and honest files of our own. Half of them, told by a hash of their names,
/// were kept aside while rules were written; the property `bartizan.trials` set to `written` leaves
/// them out.
class TrialsTest {
    private static List<Trial> trials() {
        List<Trial> all = new ArrayList<>();
        for (String resource :
                List.of(
                        "templates",
                        "servers",
                        "launches",
                        "tools",
                        "lines",
                        "agents",
                        "builds",
                        "scripts",
                        "scripts2",
                        "shell",
                        "misdeeds",
                        "field",
                        "documents",
                        "library",
                        "everyday",
                        "ploys",
                        "steering",
                        "reports",
                        "various")) {
            all.addAll(Trial.texts(resource));
        }
        all.addAll(TensorTrials.all());
        all.addAll(PickleTrials.all());
        all.addAll(StreamTrials.all());
        all.addAll(HonestTrials.all());
        all.addAll(AdvisoryTrials.all());
        all.addAll(AdvisoryFormatTrials.all());
        all.addAll(GadgetTrials.all());
        all.addAll(ContainerTrials.all());
        all.addAll(FrameworkTrials.all());
        all.addAll(LibraryTrials.all());
        all.addAll(CallableTrials.all());
        all.addAll(MachineTrials.all());
        all.addAll(ModelTrials.all());
        all.addAll(OrdinaryTrials.all());
        all.addAll(DamageTrials.all());
        all.addAll(TailTrials.all());
        all.addAll(HonestObjectTrials.all());
        all.addAll(ProgramTrials.all());
        all.addAll(BindingTrials.all());
        all.addAll(SettingsTrials.all());
        all.addAll(OrderTrials.all());
        all.addAll(ExhaustionTrials.all());
        all.addAll(ContradictionTrials.all());
        all.addAll(SidewayTrials.all());
        all.addAll(KerasTrials.all());
        all.addAll(GraphTrials.all());
        all.addAll(ResolvedTrials.all());
        all.addAll(LinkTrials.all());
        all.addAll(KernelTrials.all());
        return all;
    }

    @Test
    void everyTrialIsSaidRight() {
        boolean isWriting = System.getProperty("bartizan.trials", "all").equals("written");
        List<Trial> asked = trials().stream().filter(t -> !isWriting || !t.isKeptAside()).toList();
        List<String> wrong = new ArrayList<>();
        for (Trial trial : asked) {
            FileReport report = Scans.scan(trial.file(), trial.bytes());
            if (!trial.isRight(report)) {
                wrong.add(
                        trial.label()
                                + " "
                                + trial.name()
                                + ": "
                                + report.verdict()
                                + " "
                                + report.formats()
                                + report.findings().stream()
                                        .map(f -> f.severity() + " " + f.rule() + " " + f.message())
                                        .toList()
                                + report.notCovered());
            }
        }
        System.out.println(asked.size() + " trials, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
    }
}
