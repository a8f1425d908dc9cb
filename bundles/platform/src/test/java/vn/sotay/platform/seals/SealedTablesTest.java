package vn.sotay.platform.seals;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.platform.keys.SealedTable;

/** No table with sealed values is left out when the keys are changed. */
class SealedTablesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.sotay.platform");

    @Test
    void eachIsSealedAnew() {
        List<String> there = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo(SealedTable.class) && type.isAnnotatedWith(Component.class)) {
                String[] property = type.getAnnotationOfType(Component.class).property();
                there.add('(' + property[0] + ')');
            }
        }
        List<String> named = new ArrayList<>();
        CLASSES.get(SealedTables.class).getConstructors().forEach(made -> made.getParameterAnnotations()
                .forEach(of ->
                        of.forEach(each -> named.add(each.as(Reference.class).target()))));
        assertThat(named).containsExactlyInAnyOrderElementsOf(there).contains("(sealed=corrections)");
    }
}
