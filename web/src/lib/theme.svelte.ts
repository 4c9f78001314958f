/** Light, dark, or as the system has it; public/theme.js applies the choice before the first paint. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'afterword-theme';

class ThemeStore {
  chosen = $state<Theme>(stored());

  choose(theme: Theme) {
    this.chosen = theme;
    if (theme === 'system') {
      localStorage.removeItem(KEY);
      delete document.documentElement.dataset['theme'];
      return;
    }
    localStorage.setItem(KEY, theme);
    document.documentElement.dataset['theme'] = theme;
  }
}

function stored(): Theme {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export const theme = new ThemeStore();
