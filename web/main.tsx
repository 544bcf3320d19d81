import "./ui/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { CloseCircleFilled, DownOutlined, EyeInvisibleOutlined, EyeOutlined, LoadingOutlined } from "@ant-design/icons";
import { App, ConfigProvider } from "antd";
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { antLocale, startLanguage, useLanguage } from "./platform/language.ts";
import { queryClient } from "./platform/query.ts";
import { reloadForLostParts } from "./platform/lost-parts.ts";
import { antTheme } from "./platform/theme.ts";
import { startTheme, useTheme } from "./platform/theme-choice.ts";
import { router } from "./routes.tsx";
import { useTouch } from "./ui/media.ts";

// Unnamed and without a transition: a button that works keeps its name, and never keeps the sign once the work is done.
const button = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> };
// Signs stand beside controls that have names of their own: a screen reader need not hear of "down" and "close-circle".
const select = { suffixIcon: <DownOutlined aria-hidden /> };
const datePicker = { clearIcon: <CloseCircleFilled aria-hidden /> };
const inputPassword = {
  iconRender: (shown: boolean) => (shown ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />),
};

function Root() {
  const language = useLanguage();
  const name = useTheme();
  const touch = useTouch();
  const theme = useMemo(() => antTheme(name, touch), [name, touch]);
  return (
    <ConfigProvider
      theme={theme}
      locale={antLocale(language)}
      button={button}
      select={select}
      datePicker={datePicker}
      inputPassword={inputPassword}
      wave={{ disabled: true }}
    >
      <App component={false} message={{ maxCount: 2 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}

reloadForLostParts(() => router.state.status === "pending");
startTheme();
await startLanguage();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
