package dev.bartizan.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleArrowsTest {
    private static final String ROOT = "dev.bartizan.";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.bartizan");

    /// Module → modules it may use, as ARCHITECTURE.md has it. `cli` may use all.
    private static final Map<String, Set<String>> ARROWS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("core", Set.of()),
                            Map.entry("knowledge", Set.of("core")),
                            Map.entry("formats", Set.of("core")),
                            Map.entry("targets", Set.of("core")),
                            Map.entry("threats", Set.of("core", "knowledge")),
                            Map.entry("artifacts", Set.of("core", "formats")),
                            Map.entry("provenance", Set.of("core", "formats")),
                            Map.entry("tensors", Set.of("core", "formats")),
                            Map.entry(
                                    "robustness", Set.of("core", "formats", "tensors", "targets")),
                            Map.entry("range", Set.of("core")),
                            Map.entry("reports", Set.of("core", "knowledge")),
                            Map.entry("guard", Set.of("core", "formats")),
                            Map.entry("examples", Set.of("core", "formats"))));

    static Set<String> modules() {
        return CLASSES.stream()
                .map(ModuleArrowsTest::module)
                .filter(module -> !module.equals("cli") && !module.equals("testkit"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void moduleUsesOnlyWhatItMay(String module) {
        assertThat(ARROWS).as("arrows of a module nobody wrote down").containsKey(module);
        List<String> forbidden = new ArrayList<>();
        for (String other : modules()) {
            boolean isAllowed =
                    other.equals(module) || ARROWS.getOrDefault(module, Set.of()).contains(other);
            if (!isAllowed) {
                forbidden.add(ROOT + other + "..");
            }
        }
        forbidden.add(ROOT + "cli..");
        noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void onlyTheShellPrintsExitsAndReadsTheEnvironment() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "cli..",
                        // programs that train and measure, started by guard/measure
                        ROOT + "guard.training..")
                .and()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void nothingDeserialisesJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(CLASSES);
        Set<String> marked =
                CLASSES.stream()
                        .filter(c -> c.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toSet());
        Set<String> all =
                CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(marked).containsAll(all);
    }

    private static String module(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
