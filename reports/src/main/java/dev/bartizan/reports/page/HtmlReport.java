package dev.bartizan.reports.page;

import dev.bartizan.core.AssessedThreat;
import dev.bartizan.core.Assessment;
import dev.bartizan.reports.Gate;
import dev.bartizan.reports.Overview;
import dev.bartizan.reports.ReportInput;
import dev.bartizan.reports.Words;
import dev.bartizan.reports.markup.Markup;
import java.util.List;

/// `report.html`: one file that works offline, without script and without network; light and dark,
/// on paper, by keyboard and by ear. It opens on the system's diagram, goes on with a page that is
/// read in a minute, and then shows every threat with its evidence.
public final class HtmlReport {
    private final ReportInput input;
    private final Assessment assessment;
    private final Overview overview;
    private final Markup markup = new Markup();
    private final Parts parts = new Parts(markup);

    private final PictureSection pictures;

    private HtmlReport(ReportInput input) {
        this.input = input;
        this.pictures = new PictureSection(markup, parts, input);
        this.assessment = input.assessment();
        this.overview = Overview.of(input);
    }

    /// The page. Links to raw material are relative to the folder it is written to, where the
    /// folder `evidence` lies beside it.
    public static String write(ReportInput input) {
        return new HtmlReport(input).page();
    }

    private String page() {
        String title = assessment.system().name() + " · Bartizan assessment";
        return PageFrame.write(markup, title, this::body);
    }

    private void body() {
        markup.text("a", "Skip to the report", "class", "skip", "href", "#main").line();
        markup.element("header", this::header).line();
        markup.element("main", this::main, "id", "main").line();
        markup.element("footer", this::footer).line();
    }

    private void header() {
        markup.text("p", "Bartizan assessment", "class", "kicker").line();
        markup.text("h1", assessment.system().name()).line();
        markup.element(
                        "p",
                        () ->
                                markup.text(
                                        Words.minute(assessment.at())
                                                + " · "
                                                + assessment.system().environment()
                                                + " · tool "
                                                + assessment.toolVersion()),
                        "class",
                        "meta")
                .line();
        gate(input.gate());
        markup.element("nav", this::contents, "aria-label", "Contents").line();
    }

    private void gate(Gate gate) {
        if (!gate.isSet()) {
            return;
        }
        String words = Words.gate(gate);
        markup.text("p", words, "class", gate.hasPassed() ? "gate passed" : "gate failed").line();
    }

    private void contents() {
        markup.element(
                "ul",
                () -> {
                    contents("system", "The system");
                    contents("minute", "In one minute");
                    if (!input.ways().isEmpty()) {
                        contents("ways", "Ways through");
                    }
                    if (!pictures.isEmpty()) {
                        contents(PictureSection.id(), PictureSection.title());
                    }
                    if (input.comparison().isPresent()) {
                        contents("changes", "What changed");
                    }
                    if (!assessment.system().protocols().isEmpty()) {
                        contents("protocols", "Promises");
                    }
                    contents("threats", "Every threat");
                    contents("limits", "What was not run");
                    contents("ledger", "Ledger");
                });
    }

    private void contents(String id, String title) {
        markup.element("li", () -> markup.text("a", title, "href", "#" + id));
    }

    private void main() {
        markup.line();
        SystemSection system = new SystemSection(markup, parts, assessment, overview);
        system.write();
        new MinuteSection(markup, parts, input, overview).write();
        if (!input.ways().isEmpty()) {
            new WaysSection(markup, parts, input.ways(), system).write();
        }
        pictures.write();
        input.comparison().ifPresent(each -> new ChangeSection(markup, parts, each).write());
        new ProtocolSection(markup, parts, assessment).write();
        new ThreatSection(markup, parts, input).write();
        new OtherEvidenceSection(markup, parts, assessment).write();
        new LimitsSection(markup, parts, assessment).write();
    }

    private void footer() {
        List<AssessedThreat> simulated =
                assessment.threats().stream().filter(Overview::isSimulated).toList();
        String said =
                simulated.isEmpty()
                        ? "No result in this report comes from a simulation."
                        : Words.count(simulated.size(), "threat has", "threats have")
                                + " evidence from a simulated target; each is marked.";
        markup.text("p", "Made by Bartizan " + assessment.toolVersion() + ". " + said);
    }
}
