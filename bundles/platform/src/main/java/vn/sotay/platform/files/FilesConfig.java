package vn.sotay.platform.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of {@code files} in {@code sotay.json}. */
@ObjectClassDefinition(name = "Files", description = "Documents and pictures")
@interface FilesConfig {

    @AttributeDefinition(description = "Bytes of a file at most")
    int mostBytes() default 20 * 1024 * 1024;

    @AttributeDefinition(description = "Days after which a file is cleared away that nothing holds")
    int unheldDays() default 7;
}
