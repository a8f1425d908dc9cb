package vn.sotay.sample.fine;

import java.util.concurrent.Callable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/** Tells the version of its bundle. */
@Component(property = "sample=true")
public final class Fine implements Callable<String> {

    @Override
    public String call() {
        return FrameworkUtil.getBundle(Fine.class).getVersion().toString();
    }
}
