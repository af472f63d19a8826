package io.changeover.planner.core;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/// The core is pure: whoever adds a clock, chance, I/O or a framework to it breaks the build.
@AnalyzeClasses(
    packages = "io.changeover.planner.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {
  @ArchTest
  static final ArchRule the_core_knows_java_and_itself_only =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("io.changeover.planner.core")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.changeover.planner.core",
              "java.lang..",
              "java.util",
              "java.util.function",
              "java.util.regex",
              "java.util.stream",
              "java.time",
              "java.time.temporal",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule the_core_asks_no_clock_and_no_chance =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage("io.changeover.planner.core")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class);
}
