package vn.sotay.platform.notices;

import java.util.Collection;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import vn.sotay.api.access.Audience;
import vn.sotay.api.module.SotayModule;
import vn.sotay.api.notice.Notice;
import vn.sotay.api.notice.Notices;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.module.Module;

/** The notices of one module: made of its texts. */
@Component(service = Notices.class, scope = ServiceScope.BUNDLE)
public final class ModuleNotices implements Notices {

    private final NoticeBook book;
    private final String module;

    /** For the framework. */
    @Activate
    public ModuleNotices(ComponentContext context, @Reference NoticeBook book) {
        this(book, id(context.getUsingBundle()));
    }

    ModuleNotices(NoticeBook book, String module) {
        this.book = book;
        this.module = module;
    }

    private static String id(Bundle bundle) {
        return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SotayModule.NAMESPACE).stream()
                .map(capability -> String.valueOf(capability.getAttributes().get(SotayModule.NAMESPACE)))
                .findFirst()
                .orElse(Module.PLATFORM);
    }

    @Override
    public void send(Transaction tx, Notice notice) {
        book.send(tx, module, notice);
    }

    @Override
    public void withdraw(Transaction tx, UUID notice) {
        book.withdraw(tx, module, notice);
    }

    @Override
    public void withdraw(Transaction tx, Collection<Audience> audiences, BiPredicate<Audience, String> settled) {
        book.withdraw(tx, module, audiences, settled);
    }
}
