package com.connylabs.ingest.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the modules may know of each other. Sits here because this module sees all of them. */
class ArchitectureTest {
    private static final String ROOT = "com.connylabs.ingest.";

    private static JavaClasses everything = new ClassFileImporter().importClasses();

    @BeforeAll
    static void read() {
        everything = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("com.connylabs.ingest");
    }

    @Test
    void apiDependsOnNothing() {
        classes()
                .that()
                .resideInAPackage(ROOT + "api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", ROOT + "api..")
                .check(everything);
    }

    @Test
    void tckDependsOnTheApiAndJUnit() {
        classes()
                .that()
                .resideInAPackage(ROOT + "tck..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "org.junit.jupiter.api..", ROOT + "api..", ROOT + "tck..")
                .check(everything);
    }

    @Test
    void pluginsKnowTheApiAndNothingElseOfOurs() {
        String[] allowed = {ROOT + "api..", ROOT + "file..", ROOT + "s3.."};
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "file..", ROOT + "s3..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".").and(resideOutsideOfPackages(allowed)))
                .check(everything);
    }

    @Test
    void coreIsNoProgram() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "picocli..",
                        "io.prometheus..",
                        "ch.qos.logback..",
                        "org.yaml..",
                        "org.snakeyaml..",
                        "tools.jackson.dataformat..",
                        ROOT + "cli..",
                        ROOT + "file..",
                        ROOT + "s3..",
                        ROOT + "tck..",
                        ROOT + "testkit..")
                .check(everything);
    }

    @Test
    void natsIsKnownToItsQueueOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "core.queue.nats..", ROOT + "testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nats..")
                .check(everything);
    }

    @Test
    void sqlIsKnownToTheEmbeddedQueueOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "core.queue.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .check(everything);
    }

    @Test
    void packagesOfTheCoreDoNotDependOnEachOtherInCircles() {
        slices().matching(ROOT + "core.(**)").should().beFreeOfCycles().check(everything);
    }
}
