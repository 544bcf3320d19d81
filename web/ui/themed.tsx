// A part of a page in a palette of its own: dark in a light page, or the other way about.
import { ConfigProvider } from "antd";
import { type ReactNode, useMemo } from "react";
import { antTheme } from "../platform/theme.ts";
import type { ThemeName } from "../platform/tokens.ts";
import { useTouch } from "./media.ts";
import styles from "./themed.module.css";

export function Themed({ theme, children }: { theme: ThemeName; children: ReactNode }) {
  const touch = useTouch();
  const config = useMemo(() => antTheme(theme, touch), [theme, touch]);
  return (
    <ConfigProvider theme={config}>
      <div className={styles.themed} data-theme={theme}>
        {children}
      </div>
    </ConfigProvider>
  );
}
