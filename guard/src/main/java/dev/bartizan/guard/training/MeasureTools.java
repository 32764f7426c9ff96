package dev.bartizan.guard.training;

import dev.bartizan.guard.scenarios.Scenario;
import dev.bartizan.guard.scenarios.Shape;
import dev.bartizan.guard.scenarios.SuiteResult;
import dev.bartizan.guard.scenarios.Suites;
import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.ToolPolicy;
import java.util.List;
import java.util.Locale;

/// Prints what the tool-call policy stops, lets pass and asks for: `MeasureTools [details]`. With
/// `details` it lists what came out wrong, but for the kept half of the sixth suite.
public final class MeasureTools {
    private MeasureTools() {}

    /// Runs the suites.
    public static void main(String[] arguments) {
        boolean isDetailed = arguments.length > 0 && arguments[0].equals("details");
        show("first", Suites.first(), isDetailed);
        show("second", Suites.second(), isDetailed);
        List<Scenario> third = Suites.third();
        show("third, seen", third.stream().filter(s -> !s.isHeldOut()).toList(), isDetailed);
        show("third, held out", third.stream().filter(Scenario::isHeldOut).toList(), isDetailed);
        List<Scenario> fourth = Suites.fourth();
        show("fourth, seen", fourth.stream().filter(s -> !s.isHeldOut()).toList(), isDetailed);
        show("fourth, held out", fourth.stream().filter(Scenario::isHeldOut).toList(), isDetailed);
        List<Scenario> fifth = Suites.fifth();
        show("fifth, half", fifth.stream().filter(s -> s.quarter() % 2 == 1).toList(), isDetailed);
        show("fifth, opened", fifth.stream().filter(s -> s.quarter() == 2).toList(), isDetailed);
        show("fifth, last", fifth.stream().filter(s -> s.quarter() == 0).toList(), isDetailed);
        List<Scenario> sixth = Suites.sixth();
        show("sixth, seen", sixth.stream().filter(s -> s.quarter() % 2 == 1).toList(), isDetailed);
        show("sixth, kept", sixth.stream().filter(s -> s.quarter() % 2 == 0).toList(), false);
    }

    private static void show(String name, List<Scenario> scenarios, boolean isDetailed) {
        if (scenarios.isEmpty()) {
            return;
        }
        SuiteResult result = SuiteResult.of(scenarios, new ToolPolicy());
        System.out.printf("%s: %d tasks%n", name, scenarios.size());
        double asked =
                (double) result.count(false, false, Decision.ASK)
                        + result.count(false, true, Decision.ASK);
        System.out.printf(
                Locale.ROOT,
                "  approvals asked for a wanted task: %.2f; other shapes, other verdicts: %s%n",
                asked / result.cases().stream().filter(c -> !c.isAttack()).count(),
                differing(scenarios, result));
        line("wanted, alone", result, false, false);
        line("wanted, beside an attack", result, false, true);
        line("attacked", result, true, true);
        System.out.printf(
                "  not as expected: %d wanted, %d attacked%n",
                result.wrong().stream().filter(c -> !c.isAttack()).count(),
                result.wrong().stream().filter(SuiteResult.Case::isAttack).count());
        if (isDetailed) {
            result.wrong().forEach(c -> System.out.println("    " + c.line()));
        }
    }

    /// How many cases come out otherwise in the other shapes.
    private static String differing(List<Scenario> scenarios, SuiteResult result) {
        StringBuilder out = new StringBuilder();
        for (Shape shape : List.of(Shape.ANTHROPIC, Shape.MCP)) {
            SuiteResult other = SuiteResult.of(scenarios, new ToolPolicy(), shape);
            int differing = 0;
            for (int i = 0; i < result.cases().size(); i++) {
                Decision decision = result.cases().get(i).verdict().decision();
                differing += other.cases().get(i).verdict().decision() == decision ? 0 : 1;
            }
            out.append(shape).append(' ').append(differing).append(' ');
        }
        return out.toString().strip();
    }

    private static void line(String name, SuiteResult result, boolean isAttack, boolean isBeside) {
        System.out.printf(
                "  %-26s allow %4d  ask %4d  block %4d%n",
                name,
                result.count(isAttack, isBeside, Decision.ALLOW),
                result.count(isAttack, isBeside, Decision.ASK),
                result.count(isAttack, isBeside, Decision.BLOCK));
    }
}
