// Before the app is there: the ground of the page as it will be, so that a dark page does not begin with a white flash.
{
  const chosen = localStorage.getItem("bihuan.theme");
  const isDark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.documentElement.style.colorScheme = isDark ? "dark" : "light";
}
