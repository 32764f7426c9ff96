package dev.bartizan.reports.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bartizan.core.AiSystem;
import dev.bartizan.reports.Fixture;
import dev.bartizan.reports.TestSystems;
import dev.bartizan.reports.diagram.Drawing.Box;
import dev.bartizan.reports.diagram.Drawing.Line;
import dev.bartizan.reports.diagram.Drawing.NodeBox;
import dev.bartizan.reports.diagram.Drawing.Point;
import dev.bartizan.reports.diagram.Drawing.ZoneBox;
import dev.bartizan.reports.diagram.Layout.Size;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
    @ParameterizedTest
    @CsvSource({
        "1,0,0",
        "1,3,1",
        "2,4,1",
        "9,12,3",
        "30,60,4",
        "30,0,0",
        "80,160,6",
        "150,0,1",
        "150,300,5",
        "150,1200,2",
        "60,59,60"
    })
    void nothingOverlapsOrOverflows(int elements, int flows, int zones) {
        for (long seed = 0; seed < 2; seed++) {
            AiSystem system = TestSystems.of(elements, flows, zones, seed);
            for (Size size : List.of(Size.WIDE, Size.NARROW)) {
                assertTidy(Layout.of(system, size), system);
            }
        }
    }

    @Test
    void everyElementAndFlowIsDrawnOnce() {
        Drawing drawing = Layout.of(Fixture.system(), Size.WIDE);

        assertThat(drawing.nodes())
                .extracting(node -> node.element().id())
                .containsExactlyInAnyOrderElementsOf(Fixture.system().elements().keySet());
        assertThat(drawing.lines())
                .extracting(Line::flow)
                .containsExactlyElementsOf(Fixture.system().flows());
    }

    @Test
    void lessTrustedZonesLieHigher() {
        assertThat(Layout.of(Fixture.system(), Size.WIDE).zones())
                .extracting(ZoneBox::title)
                .containsExactly("internet · untrusted", "vpc · internal", "vault · restricted");
    }

    @Test
    void labelsLieOverNoElementAndNoOtherLabel() {
        int drawn = 0;
        for (long seed = 0; seed < 60; seed++) {
            AiSystem system = TestSystems.of(12, 20, 3, seed);
            Drawing drawing = Layout.of(system, Size.WIDE);
            List<FlowLabels.Label> labels = FlowLabels.of(drawing);
            drawn += labels.size();
            for (FlowLabels.Label label : labels) {
                assertThat(drawing.nodes()).noneMatch(node -> node.box().overlaps(label.box()));
                assertThat(labels)
                        .filteredOn(other -> other.box().overlaps(label.box()))
                        .containsExactly(label);
            }
        }

        assertThat(drawn).isGreaterThan(60 * 15);
    }

    @Test
    void hugeSystemsAreDrawnWithoutTheFlowsThatWouldHideEverything() {
        AiSystem system = TestSystems.of(2_000, 20_000, 4, 1);
        Drawing drawing = Layout.of(system, Size.WIDE);

        assertThat(drawing.nodes()).hasSize(2_000);
        assertThat(drawing.lines()).isNotEmpty().hasSizeLessThan(20_000);
    }

    @Test
    void sameSystemGivesTheSameDrawing() {
        AiSystem system = TestSystems.of(40, 80, 4, 3);

        assertThat(Layout.of(system, Size.WIDE)).isEqualTo(Layout.of(system, Size.WIDE));
    }

    @Test
    void longChainsRunDownwards() {
        int[] ranks =
                Graph.ranks(
                        4,
                        List.of(
                                new Graph.Edge(0, 1),
                                new Graph.Edge(1, 2),
                                new Graph.Edge(2, 3),
                                new Graph.Edge(3, 1),
                                new Graph.Edge(0, 3)));

        assertThat(ranks).containsExactly(0, 1, 2, 3);
    }

    private static void assertTidy(Drawing drawing, AiSystem system) {
        Box page = new Box(0, 0, drawing.width(), drawing.height());
        assertThat(drawing.nodes()).hasSize(system.elements().size());
        assertThat(drawing.lines()).hasSize(system.flows().size());
        for (ZoneBox zone : drawing.zones()) {
            assertThat(page.holds(zone.box())).isTrue();
            assertThat(drawing.zones())
                    .filteredOn(other -> other.box().overlaps(zone.box()))
                    .containsExactly(zone);
        }
        for (NodeBox node : drawing.nodes()) {
            assertThat(drawing.zones()).filteredOn(zone -> zone.box().holds(node.box())).hasSize(1);
            assertThat(drawing.nodes())
                    .filteredOn(other -> other.box().overlaps(node.box()))
                    .containsExactly(node);
        }
        drawing.lines().forEach(line -> assertClear(line, drawing, page));
    }

    /// Bends lie between rows, so a line crosses an element only where it runs straight down.
    private static void assertClear(Line line, Drawing drawing, Box page) {
        for (Point point : line.points()) {
            assertThat(point.x()).isBetween(0.0, (double) page.width());
            assertThat(point.y()).isBetween(0.0, (double) page.height());
            assertThat(drawing.nodes())
                    .noneMatch(node ->
                            point.x() > node.box().x() + 1
                                    && point.x() < node.box().x() + node.box().width() - 1
                                    && point.y() > node.box().y()
                                    && point.y() < node.box().y() + node.box().height());
        }
        for (int i = 1; i + 1 < line.points().size(); i += 2) {
            Point from = line.points().get(i);
            Point to = line.points().get(i + 1);
            if (from.x() != to.x()) {
                continue;
            }
            assertThat(drawing.nodes())
                    .noneMatch(node ->
                            from.x() > node.box().x() + 1
                                    && from.x() < node.box().x() + node.box().width() - 1
                                    && Math.min(from.y(), to.y()) >= node.box().y()
                                    && Math.max(from.y(), to.y())
                                            <= node.box().y() + node.box().height());
        }
    }
}
