package vn.sotay.platform;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The platform's pieces stand in one order, and each uses only those before it: decision 1. */
class PiecesTest {

    private static final List<String> ORDER = List.of(
            "json",
            "csv",
            "module",
            "secrets",
            "keys",
            "push",
            "pdf",
            "store",
            "members",
            "access",
            "rules",
            "privacy",
            "files",
            "units",
            "outbox",
            "http",
            "feed",
            "search",
            "jobs",
            "roster",
            "notices",
            "seals",
            "personal",
            "audit",
            "web",
            "deploy",
            "demo",
            "health",
            "boot");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.sotay.platform");

    @Test
    void aPieceUsesOnlyThoseBeforeIt() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String piece : ORDER) {
            layers = layers.layer(piece).definedBy("vn.sotay.platform." + piece + "..");
        }
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> after = ORDER.subList(i + 1, ORDER.size());
            layers = after.isEmpty()
                    ? layers.whereLayer(ORDER.get(i)).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(after.toArray(String[]::new));
        }

        layers.check(CLASSES);
    }

    @Test
    void everyPieceHasItsPlace() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\."))
                        .filter(parts -> parts.length > 3))
                .allSatisfy(parts -> assertThat(ORDER).contains(parts[3]));
    }
}
